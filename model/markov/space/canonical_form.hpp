// States of a process that differ only in which of several equal nodes is which, made one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/markov/phase_type/stages.hpp"
#include "model/process/process.hpp"

namespace nines::markov {

// Sorts the states of equal nodes; the node that a group's mode is about moves with its state, and so do the place of
// one that waits for a crew or a part and the stages of its clocks.
class CanonicalForm {
 public:
  // `lump` false: every node is an orbit of its own, and nothing is changed.
  CanonicalForm(const process::Process& process, bool lump, const Stages& stages);

  [[nodiscard]] const std::vector<process::Orbit>& orbits() const { return orbits_; }

  // What tells nodes of an orbit apart in a state, good until the next call of apply() or look_at().
  struct Looked {
    process::NodeId question = process::kNone;  // the one the mode of their group is about
  };
  void look_at(std::span<const process::Slot> slots);
  [[nodiscard]] Looked look_at(const process::Orbit& orbit, std::span<const process::Slot> slots) const {
    const auto& wiring = process_.wiring();
    return {process_.node_in_question(wiring.groups[wiring.nodes[orbit.nodes[0]].group], slots)};
  }
  // Its phase and the stages of its clocks, its place in a queue, and whether the mode is about it.
  [[nodiscard]] std::uint64_t mark(process::NodeId id, Looked looked, std::span<const process::Slot> slots) const {
    const std::uint64_t phase = slots[process_.wiring().nodes[id].slot];
    return ((staged_ ? with_stages(id, phase, slots) : phase) << 32U) | (place_[id] << 1U) |
           (looked.question == id ? 1U : 0U);
  }

  void apply(std::span<process::Slot> slots);

 private:
  [[nodiscard]] std::uint64_t with_stages(process::NodeId id, std::uint64_t phase,
                                          std::span<const process::Slot> slots) const;
  void write_node(process::NodeId id, std::uint64_t phase, std::span<process::Slot> slots) const;
  void write_queues(std::span<process::Slot> slots);

  const process::Process& process_;
  const Stages& stages_;
  bool staged_ = false;
  std::vector<process::Orbit> orbits_, shared_;  // all; those of more than one node
  std::vector<std::uint64_t> marks_;
  std::vector<std::uint64_t> place_;           // by node: 1 + where it waits, over all queues, or 0
  std::vector<process::NodeId> queued_, old_;  // over all queues
  std::vector<std::size_t> lengths_;
};

}  // namespace nines::markov
