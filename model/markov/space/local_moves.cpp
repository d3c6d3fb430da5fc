#include "model/markov/space/local_moves.hpp"

#include <algorithm>

namespace nines::markov {
namespace {

using process::GroupId;
using process::kNone;
using process::Wiring;

// Adds whatever the groups of the set lead to by `next(group, visit)`.
template <class Next>
void close(std::vector<char>& set, Next&& next) {
  std::vector<GroupId> open;
  for (GroupId g = 0; g < set.size(); ++g)
    if (set[g]) open.push_back(g);
  while (!open.empty()) {
    const GroupId g = open.back();
    open.pop_back();
    next(g, [&](GroupId other) {
      if (set[other]) return;
      set[other] = 1;
      open.push_back(other);
    });
  }
}

// What may change with a group: all that stands on it or needs it, which reacts in turn.
std::vector<char> moved_with(const Wiring& wiring, GroupId group) {
  std::vector<char> set(wiring.groups.size(), 0);
  set[group] = 1;
  close(set, [&](GroupId g, auto&& visit) {
    for (const GroupId other : wiring.groups[g].carries) visit(other);
    for (const GroupId other : wiring.groups[g].needed_by) visit(other);
    if (wiring.groups[g].outer != kNone) visit(wiring.groups[g].outer);
  });
  return set;
}

// With that what decides whether all of these are up, and how fast their clocks run.
void add_what_decides(const Wiring& wiring, std::vector<char>& set) {
  close(set, [&](GroupId g, auto&& visit) {
    const process::Group& group = wiring.groups[g];
    for (process::NodeId n = group.first_node; n < group.first_node + group.nodes; ++n)
      if (wiring.nodes[n].placement != kNone) visit(wiring.nodes[n].placement);
    for_each_name(group.needs, visit);
    for (const Expression& copy : group.copies) for_each_name(copy, visit);
    if (group.outer != kNone) visit(group.outer);
  });
}

bool waits(const Wiring& wiring, GroupId g) {
  const process::Group& group = wiring.groups[g];
  for (process::NodeId n = group.first_node; n < group.first_node + group.nodes; ++n) {
    const process::UnitKind& kind = wiring.kinds[wiring.nodes[n].kind];
    const auto is_some = [](std::uint32_t queue) { return queue != kNone; };
    if (std::any_of(kind.crew.begin(), kind.crew.end(), is_some) ||
        std::any_of(kind.spare.begin(), kind.spare.end(), is_some))
      return true;
  }
  return false;
}

std::vector<std::uint32_t> slots_of(const Wiring& wiring, GroupId g) {
  const process::Group& group = wiring.groups[g];
  std::vector<std::uint32_t> slots;
  for (process::NodeId n = group.first_node; n < group.first_node + group.nodes; ++n)
    slots.push_back(wiring.nodes[n].slot);
  if (group.chain)
    slots.push_back(group.slot);
  else if (!std::holds_alternative<Series>(group.redundancy) && !group.network)
    slots.insert(slots.end(), {group.slot, group.slot + 1});
  if (group.round_slot != kNone) slots.insert(slots.end(), {group.round_slot, group.round_slot + 1});
  return slots;
}

constexpr std::uint64_t kTrial = 1024;         // questions after which it shows whether answers come again
constexpr std::size_t kMostMoves = 1'000'000;  // kept, of all groups

}  // namespace

LocalMoves::LocalMoves(const process::Process& process, const Packing& packing, const Stages& stages)
    : words_(packing.words()), groups_(process.wiring().groups.size()), masked_(packing.words()) {
  const Wiring& wiring = process.wiring();
  if (!stages.limits().empty() || wiring.groups.size() < 2) return;
  for (GroupId g = 0; g < groups_.size(); ++g) {
    std::vector<char> matters = moved_with(wiring, g);
    bool queue = false;
    for (GroupId other = 0; other < matters.size(); ++other) queue = queue || (matters[other] && waits(wiring, other));
    add_what_decides(wiring, matters);
    if (queue || std::all_of(matters.begin(), matters.end(), [](char m) { return m != 0; })) continue;
    Group& group = groups_[g];
    group.local = true;
    group.mask.assign(words_, 0);
    group.seen.emplace_back(words_);
    for (GroupId other = 0; other < matters.size(); ++other) {
      if (!matters[other]) continue;
      for (const std::uint32_t slot : slots_of(wiring, other)) packing.mark(slot, group.mask.data());
    }
  }
}

std::optional<LocalMoves::Moves> LocalMoves::find(GroupId id, const std::uint64_t* key) {
  Group& group = groups_[id];
  StateSet& seen = group.seen.front();
  for (std::size_t w = 0; w < words_; ++w) masked_[w] = key[w] & group.mask[w];
  last_ = id;
  ++group.asked;
  const auto found = seen.insert(masked_.data(), seen.hash(masked_.data()));
  if (found.fresh) return std::nullopt;
  const auto [begin, end] = group.moves[found.index];
  return Moves{std::span(turned_).subspan(begin * words_, (end - begin) * words_),
               std::span(rates_).subspan(begin, end - begin)};
}

void LocalMoves::keep(const std::uint64_t* key, std::span<const std::uint64_t> successors,
                      std::span<const double> rates) {
  Group& group = groups_[last_];
  const std::size_t begin = rates_.size();
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const std::uint64_t* successor = successors.data() + i * words_;
    if (std::equal(key, key + words_, successor)) continue;
    for (std::size_t w = 0; w < words_; ++w) turned_.push_back(key[w] ^ successor[w]);
    rates_.push_back(rates[i]);
  }
  group.moves.emplace_back(begin, rates_.size());
  if ((group.asked >= kTrial && 2 * group.moves.size() > group.asked) || rates_.size() > kMostMoves) {
    group.local = false;
    group.seen.clear();
    group.moves = {};
  }
}

}  // namespace nines::markov
