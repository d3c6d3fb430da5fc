// What the events of one group do, kept: in a block of many groups most events move a few slots and depend on a few
// more, so that the same moves come again in thousands of states.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "model/markov/phase_type/stages.hpp"
#include "model/markov/space/state_set.hpp"
#include "model/process/process.hpp"

namespace nines::markov {

// The moves of one group's events (of its nodes and its mode) where they are local: what happens depends on the slots
// of the group, of what it stands on and of what stands on it, and changes no others. Nobody waits for a crew or a part
// in it, and no clock has stages.
class LocalMoves {
 public:
  LocalMoves(const process::Process& process, const Packing& packing, const Stages& stages);

  [[nodiscard]] bool is_local(process::GroupId group) const { return groups_[group].local; }

  // The moves of a group in a state: keys of successors are its key with these bits turned.
  struct Moves {
    std::span<const std::uint64_t> turned;  // rates.size() x words of a key
    std::span<const double> rates;
  };
  // Those that were kept for the part of the state that matters; nothing when there are none yet.
  [[nodiscard]] std::optional<Moves> find(process::GroupId group, const std::uint64_t* key);
  // To be called then, with the successors (keys one after the other) of the state that was asked for last.
  void keep(const std::uint64_t* key, std::span<const std::uint64_t> successors, std::span<const double> rates);

 private:
  struct Group {
    bool local = false;
    std::vector<std::uint64_t> mask;                         // of the key: the slots that matter
    std::vector<StateSet> seen;                              // one, where it is local: those slots
    std::vector<std::pair<std::size_t, std::size_t>> moves;  // by what was seen: [begin, end) in rates_
    std::uint64_t asked = 0;
  };

  std::size_t words_;
  std::vector<Group> groups_;
  std::vector<std::uint64_t> turned_, masked_;
  std::vector<double> rates_;
  process::GroupId last_ = 0;
};

}  // namespace nines::markov
