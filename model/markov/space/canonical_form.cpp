#include "model/markov/space/canonical_form.hpp"

#include <algorithm>

namespace nines::markov {

using process::NodeId;
using process::Orbit;
using process::Slot;

CanonicalForm::CanonicalForm(const process::Process& process, bool lump, const Stages& stages)
    : process_(process), stages_(stages), staged_(!stages.limits().empty()), place_(process.wiring().nodes.size(), 0) {
  for (const Orbit& orbit : process.wiring().orbits) {
    if (lump && !(staged_ && stages.tells_apart(process, orbit)))
      orbits_.push_back(orbit);
    else
      for (const NodeId node : orbit.nodes) orbits_.push_back({{node}});
  }
  for (const Orbit& orbit : orbits_)
    if (orbit.nodes.size() > 1) shared_.push_back(orbit);
}

void CanonicalForm::look_at(std::span<const Slot> slots) {
  if (process_.wiring().lines.empty()) return;
  for (const NodeId id : queued_) place_[id] = 0;
  queued_.clear();
  for (const auto& line : process_.wiring().lines) process_.queue_members(line, slots, queued_);
  for (std::size_t i = 0; i < queued_.size(); ++i) place_[queued_[i]] = i + 1;
}

void CanonicalForm::apply(std::span<Slot> slots) {
  const auto& wiring = process_.wiring();
  look_at(slots);
  bool renamed = false;
  for (const Orbit& orbit : shared_) {
    marks_.clear();
    const Looked looked = look_at(orbit, slots);
    for (const NodeId node : orbit.nodes) marks_.push_back(mark(node, looked, slots));
    if (std::is_sorted(marks_.begin(), marks_.end())) continue;
    std::sort(marks_.begin(), marks_.end());
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      const auto& node = wiring.nodes[orbit.nodes[i]];
      write_node(orbit.nodes[i], marks_[i] >> 32U, slots);
      if (marks_[i] % 2 == 1) process_.set_node_in_question(wiring.groups[node.group], slots, orbit.nodes[i]);
      const std::uint64_t place = (marks_[i] & 0xFFFFFFFFU) >> 1U;
      if (place == 0) continue;
      renamed = renamed || queued_[place - 1] != orbit.nodes[i];
      queued_[place - 1] = orbit.nodes[i];
    }
  }
  if (renamed) write_queues(slots);
}

std::uint64_t CanonicalForm::with_stages(NodeId id, std::uint64_t phase, std::span<const Slot> slots) const {
  for (const Stages::Place& place : stages_.places_of(id)) phase = phase * place.values + slots[place.slot];
  return phase;
}

void CanonicalForm::write_node(NodeId id, std::uint64_t phase, std::span<Slot> slots) const {
  const auto places = stages_.places_of(id);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    slots[place->slot] = static_cast<Slot>(phase % place->values);
    phase /= place->values;
  }
  slots[process_.wiring().nodes[id].slot] = static_cast<Slot>(phase);
}

// queued_ has the new names, in the old order.
void CanonicalForm::write_queues(std::span<Slot> slots) {
  const auto& wiring = process_.wiring();
  lengths_.clear();
  for (const auto& line : wiring.lines) {
    old_.clear();
    process_.queue_members(line, slots, old_);
    lengths_.push_back(old_.size());
    for (const NodeId id : old_) slots[wiring.nodes[id].next_slot] = 0;
    for (const NodeId id : old_) place_[id] = 0;
  }
  std::size_t from = 0;
  for (std::size_t c = 0; c < wiring.lines.size(); ++c) {
    process_.set_queue(wiring.lines[c], std::span(queued_).subspan(from, lengths_[c]), slots);
    from += lengths_[c];
  }
}

}  // namespace nines::markov
