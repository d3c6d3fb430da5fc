#include "model/structure/frontier_state.hpp"

#include <algorithm>
#include <bit>

namespace nines::structure {
namespace {

constexpr std::uint8_t kWanted = 1;

std::uint32_t bit(std::size_t at) {
  return std::uint32_t{1} << at;
}

// The bits without that of one position, those above it one lower.
std::uint32_t without(std::uint32_t bits, std::size_t at) {
  return (bits & (bit(at) - 1)) | ((bits >> 1U) & ~(bit(at) - 1));
}

}  // namespace

Verdict Parting::enter(const FrontierStep& step, bool up) {
  const bool wanted = step.end != FrontierStep::kNotWanted;
  if (!up && wanted) return Verdict::down;
  // A number that no other group has; it may be out of order until they are numbered anew.
  group_[size_] = 0;
  if (up) group_[size_] = static_cast<std::uint8_t>(2 * (size_ + 1) + (wanted ? kWanted : 0));
  ++size_;
  return Verdict::open;
}

bool Parting::asks_for(const FrontierStep& step) const {
  return group_[step.from] != 0 && group_[step.to] != 0 && group_[step.from] != group_[step.to];
}

Verdict Parting::link(const FrontierStep& step) {
  if (!asks_for(step)) return Verdict::open;
  const std::uint8_t from = group_[step.from], to = group_[step.to];
  const auto joined =
      static_cast<std::uint8_t>(std::min(from | kWanted, to | kWanted) - kWanted + ((from | to) & kWanted));
  for (std::size_t i = 0; i < size_; ++i)
    if (group_[i] == from || group_[i] == to) group_[i] = joined;
  if ((joined & kWanted) != 0 && step.ends_entered == ends_) return look_for_end();
  return Verdict::open;
}

Verdict Parting::settle(const FrontierStep& step) {
  const bool all_entered = step.ends_entered == ends_;
  if (all_entered && look_for_end() == Verdict::up) return Verdict::up;
  // Sets of groups, by number. Of those that nobody has to be joined with: the one node that they are linked to.
  std::uint64_t wanted_left = 0, wanted_stays = 0, met = 0, leads_on = 0;
  std::array<std::uint32_t, 64> only;  // NOLINT: of those met
  std::size_t next = 0, kept = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint8_t group = group_[i];
    const std::uint64_t own = std::uint64_t{1} << (group / 2U);
    const bool wanted = (group & kWanted) != 0;
    if (next < step.leaving.size() && step.leaving[next] == i) {
      ++next;
      if (wanted) wanted_left |= own;
      continue;
    }
    if (wanted) {
      wanted_stays |= own;
    } else if (group != 0) {
      const std::uint32_t ahead = step.ahead[kept].only;
      if ((met & own) == 0) only[group / 2U] = ahead;
      if (ahead == FrontierStep::kSeveral || only[group / 2U] != ahead) leads_on |= own;
      met |= own;
    }
    group_[kept++] = group;
  }
  size_ = kept;
  if ((wanted_left & ~wanted_stays) != 0) return Verdict::down;  // it can't be joined any more
  const std::uint64_t idle = met & ~leads_on;
  if (idle != 0)
    for (std::size_t i = 0; i < size_; ++i)
      if ((idle >> (group_[i] / 2U) & 1U) != 0 && (group_[i] & kWanted) == 0) group_[i] = 0;
  number_anew();
  return Verdict::open;
}

// Up: all that are to be joined, which have entered, are in one group.
Verdict Parting::look_for_end() const {
  std::uint8_t one = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if ((group_[i] & kWanted) == 0) continue;
    if (one != 0 && group_[i] != one) return Verdict::open;
    one = group_[i];
  }
  return Verdict::up;
}

void Parting::number_anew() {
  std::array<std::uint8_t, 64> number;  // NOLINT: of those met
  std::uint64_t met = 0;
  std::uint8_t groups = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if (group_[i] == 0) continue;
    const std::size_t old = group_[i] / 2U;
    if ((met >> old & 1U) == 0) number[old] = ++groups;
    met |= std::uint64_t{1} << old;
    group_[i] = static_cast<std::uint8_t>(2 * number[old] + (group_[i] & kWanted));
  }
}

void Parting::pack(std::span<std::uint64_t> words) const {
  std::fill(words.begin(), words.end(), 0);
  for (std::size_t i = 0; i < size_; ++i) words[i / 8] |= std::uint64_t{group_[i]} << (8 * (i % 8));
}

void Parting::unpack(std::span<const std::uint64_t> words, std::size_t width) {
  size_ = width;
  for (std::size_t i = 0; i < size_; ++i) group_[i] = static_cast<std::uint8_t>(words[i / 8] >> (8 * (i % 8)));
}

Verdict Reaching::enter(const FrontierStep& step, bool up) {
  const std::uint32_t own = bit(size_);
  if (step.end == 0) first_entered_ = true;
  if (step.end == 1) second_entered_ = true;
  if (!up && step.end != FrontierStep::kNotWanted) return Verdict::down;
  to_[size_] = 0;
  if (up) up_ |= own;
  if (step.end == 0) reached_ |= own;
  if (step.end == 1) leads_ |= own;
  ++size_;
  return Verdict::open;
}

bool Reaching::asks_for(const FrontierStep& step) const {
  const std::uint32_t from = bit(step.from), to = bit(step.to);
  if ((up_ & from) == 0 || (up_ & to) == 0) return false;
  if ((reached_ & to) != 0 || (leads_ & from) != 0) return false;  // known without
  return (to_[step.from] & to) == 0;
}

Verdict Reaching::link(const FrontierStep& step) {
  if (!asks_for(step)) return Verdict::open;
  const std::uint32_t from = bit(step.from), to = bit(step.to);
  // All that reach `from` reach all that `to` does.
  std::uint32_t sources = from, targets = to | to_[step.to];
  for (std::size_t i = 0; i < size_; ++i)
    if ((to_[i] & from) != 0) sources |= bit(i);
  const bool reached = (reached_ & from) != 0, leads = (leads_ & to) != 0;
  if (reached && leads) return Verdict::up;
  if (reached) reached_ |= targets;
  if (leads) leads_ |= sources;
  if ((reached_ & leads_) != 0) return Verdict::up;
  if (!reached && !leads)
    for (std::size_t i = 0; i < size_; ++i)
      if ((sources & bit(i)) != 0) to_[i] |= targets & ~bit(i);
  // Of those whose case is known nothing else matters.
  const std::uint32_t known = reached_ | leads_;
  for (std::size_t i = 0; i < size_; ++i) to_[i] = (known & bit(i)) != 0 ? 0 : to_[i] & ~known;
  return Verdict::open;
}

Verdict Reaching::settle(const FrontierStep& step) {
  for (std::size_t i = step.leaving.size(); i-- > 0;) forget(step.leaving[i]);
  if ((first_entered_ && reached_ == 0) || (second_entered_ && leads_ == 0)) return Verdict::down;
  // No way over a node that can't be come to any more, or not be left.
  for (bool changed = true; changed;) {
    changed = false;
    std::uint32_t come_to = reached_;
    for (std::size_t i = 0; i < size_; ++i) come_to |= to_[i];
    for (std::size_t i = 0; i < size_; ++i) {
      if ((up_ & bit(i)) == 0) continue;
      const bool in = step.ahead[i].ways_in || (come_to & bit(i)) != 0;
      const bool out = step.ahead[i].ways_out || (leads_ & bit(i)) != 0 || to_[i] != 0;
      // What it reaches is noted of those already, and the first end has to stay.
      const bool reached_all = (reached_ & bit(i)) != 0 && !step.ahead[i].ways_out;
      const bool led_all = (leads_ & bit(i)) != 0 && !step.ahead[i].ways_in;
      if (in && out && !reached_all && !led_all) continue;
      changed = true;
      up_ &= ~bit(i);
      reached_ &= ~bit(i);
      leads_ &= ~bit(i);
      to_[i] = 0;
      for (std::size_t j = 0; j < size_; ++j) to_[j] &= ~bit(i);
    }
  }
  if ((first_entered_ && reached_ == 0) || (second_entered_ && leads_ == 0)) return Verdict::down;
  return Verdict::open;
}

void Reaching::forget(std::size_t at) {
  up_ = without(up_, at);
  reached_ = without(reached_, at);
  leads_ = without(leads_, at);
  for (std::size_t i = at; i + 1 < size_; ++i) to_[i] = to_[i + 1];
  --size_;
  for (std::size_t i = 0; i < size_; ++i) to_[i] = without(to_[i], at);
}

void Reaching::pack(std::span<std::uint64_t> words) const {
  std::fill(words.begin(), words.end(), 0);
  words[0] = up_ | std::uint64_t{reached_} << 32U;
  words[1] = leads_ | std::uint64_t{first_entered_ ? 1U : 0U} << 32U | std::uint64_t{second_entered_ ? 1U : 0U} << 33U;
  for (std::size_t i = 0; i < size_; ++i) words[2 + i / 2] |= std::uint64_t{to_[i]} << (32 * (i % 2));
}

void Reaching::unpack(std::span<const std::uint64_t> words, std::size_t width) {
  up_ = static_cast<std::uint32_t>(words[0]);
  reached_ = static_cast<std::uint32_t>(words[0] >> 32U);
  leads_ = static_cast<std::uint32_t>(words[1]);
  first_entered_ = (words[1] >> 32U & 1U) != 0;
  second_entered_ = (words[1] >> 33U & 1U) != 0;
  size_ = width;
  to_.fill(0);
  for (std::size_t i = 0; i < size_; ++i) to_[i] = static_cast<std::uint32_t>(words[2 + i / 2] >> (32 * (i % 2)));
}

}  // namespace nines::structure
