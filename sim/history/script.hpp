// What every history of a model is played from: the process of all that takes part, its clocks in the order in which
// they ring at one instant, its laws made ready, and the addresses of its random numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/model.hpp"
#include "model/process/process.hpp"
#include "sim/random/sampler.hpp"

namespace nines::sim {

// A clock of the tree: the earliest of a node's, or a group's.
struct ClockOwner {
  enum class Kind : std::uint8_t { plain_node, node, group, timer };
  Kind kind = Kind::node;
  std::uint32_t id = 0;           // NodeId, GroupId or number of a timer
  process::ActivityId first = 0;  // of a plain node: its life, before its restoration
};

// A component or infrastructure entry that takes part.
struct Watched {
  ComponentId component = 0;
  process::GroupId group = 0;
  bool infrastructure = false;
  bool named = false;  // by `system`
  bool hold = false;   // of another, which is told of in its place
  bool has_a_section =
      false;  // infrastructure that has a share as a component, too, when it is named: a chain, a network
};

class Script {
 public:
  explicit Script(const Model& model);
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const process::Process& process() const { return process_; }

  // The draw of an activity's law.
  struct Draw {
    std::uint32_t sampler = 0;
    std::uint64_t address = 0;
  };

  std::vector<Sampler> samplers;
  std::vector<Draw> draws;                                   // by activity
  std::vector<std::uint64_t> choice_address;                 // by group: of coverage, leaders, works; then by timer
  std::vector<ClockOwner> owners;                            // by clock: as the file lists them
  std::vector<std::uint32_t> clock_of_node, clock_of_group;  // the latter kNone for groups that have no clocks
  std::vector<std::uint32_t> clock_of_timer;
  std::vector<Watched> watched;               // in order of the model
  std::vector<std::uint32_t> watch_of_group;  // into `watched`
  std::vector<char> serves;                   // by group: it is asked what it serves of the demand
  // By group whose mode, or how many of whose nodes are up, the stress of units depends on: those units, be they its
  // nodes or in copies.
  std::vector<std::vector<process::NodeId>> stress_of;

 private:
  void find_stress();

  const Model& model_;
  process::Process process_;
};

}  // namespace nines::sim
