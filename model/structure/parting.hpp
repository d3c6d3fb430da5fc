// What is known of an undirected network when some of its nodes and links have been looked at: how the frontier is
// parted into groups of nodes that are joined.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "model/structure/network_order.hpp"
#include "model/structure/verdict.hpp"

namespace nines::structure {

// Equal for all that can't be told apart later, as far as that is cheap to see: a group that is linked to one more node
// only is no way for others to pass.
//
// A word of lanes of kBits, one a slot: 0 where no node is up, otherwise 1 more than the lowest slot of its group. What
// is done to a group is done to all of its lanes at once.
template <class Word, unsigned kBits>
class Parting {
 public:
  static constexpr std::uint32_t kWidest = std::min<std::uint32_t>((1U << kBits) - 1, 8 * sizeof(Word) / kBits);

  [[nodiscard]] Verdict enter(const FrontierStep& step, bool up) {
    const bool end = step.end != FrontierStep::kNotWanted;
    if (!up) return end ? Verdict::down : Verdict::open;
    groups_ |= lane(step.slot, step.slot + 1);
    if (end) wanted_ |= bit(step.slot);
    return Verdict::open;
  }

  // Whether it makes a difference that the link is up.
  [[nodiscard]] bool asks_for(const FrontierStep& step) const {
    const std::uint32_t from = group(step.from_slot), to = group(step.to_slot);
    return from != 0 && to != 0 && from != to;
  }

  [[nodiscard]] Verdict link(const FrontierStep& step) {
    if (!asks_for(step)) return Verdict::open;
    const std::uint32_t from = group(step.from_slot), to = group(step.to_slot);
    rename(of_group(std::max(from, to)), std::max(from, to), std::min(from, to));
    return joined(step) ? Verdict::up : Verdict::open;
  }

  [[nodiscard]] Verdict settle(const FrontierStep& step) {
    if (joined(step)) return Verdict::up;
    for (const std::uint32_t slot : step.leaving) {
      const std::uint32_t left = group(slot);
      groups_ &= ~lane(slot, kLane);
      if (left != slot + 1) continue;  // its group keeps its name
      const Word others = of_group(left);
      if (others != 0)
        rename(others, left, lowest_slot(others) + 1);
      else if ((wanted_ & bit(slot)) != 0)
        return Verdict::down;  // it can't be joined any more
    }
    for (const auto& slots : step.one_ahead) {
      Word all = 0;
      for (const std::uint32_t slot : slots) all |= lane(slot, kLane);
      for (const std::uint32_t slot : slots) {
        const std::uint32_t name = group(slot);
        if (name == 0 || (wanted_ & bit(name - 1)) != 0) continue;
        const Word own = of_group(name);
        if ((own & ~all) == 0) groups_ &= ~own;
      }
    }
    return Verdict::open;
  }

  [[nodiscard]] std::uint64_t hash() const {
    std::uint64_t h = (static_cast<std::uint64_t>(groups_) ^ 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL;
    if constexpr (sizeof(Word) > 8)
      h = (h ^ h >> 32U ^ static_cast<std::uint64_t>(groups_ >> 64U)) * 0xc4ceb9fe1a85ec53ULL;
    h = (h ^ h >> 32U ^ wanted_) * 0xff51afd7ed558ccdULL;
    return h ^ h >> 32U;
  }
  friend bool operator==(const Parting&, const Parting&) = default;

 private:
  static constexpr std::uint32_t kLane = (1U << kBits) - 1;
  static constexpr Word in_each(std::uint32_t value) {
    Word word = 0;
    for (std::uint32_t slot = 0; slot < kWidest; ++slot) word |= static_cast<Word>(value) << (kBits * slot);
    return word;
  }
  static constexpr Word kOnes = in_each(1), kLow = in_each(kLane >> 1U), kHigh = in_each((kLane >> 1U) + 1);

  static Word lane(std::uint32_t slot, std::uint32_t value) { return static_cast<Word>(value) << (kBits * slot); }
  static std::uint32_t bit(std::uint32_t at) { return std::uint32_t{1} << at; }
  [[nodiscard]] std::uint32_t group(std::uint32_t slot) const {
    return static_cast<std::uint32_t>(groups_ >> (kBits * slot)) & kLane;
  }

  // All bits of the lanes that hold the name of a group, which is not 0.
  [[nodiscard]] Word of_group(std::uint32_t name) const {
    const Word differs = groups_ ^ (kOnes * name);
    const Word equal = ~(((differs & kLow) + kLow) | differs) & kHigh;
    return equal | (equal - (equal >> (kBits - 1)));
  }
  static std::uint32_t lowest_slot(Word lanes) {
    const auto low = static_cast<std::uint64_t>(lanes);
    if constexpr (sizeof(Word) > 8)
      if (low == 0)
        return (64 + static_cast<std::uint32_t>(std::countr_zero(static_cast<std::uint64_t>(lanes >> 64U)))) / kBits;
    return static_cast<std::uint32_t>(std::countr_zero(low)) / kBits;
  }

  // `lanes`: those of the group named `from`.
  void rename(Word lanes, std::uint32_t from, std::uint32_t to) {
    groups_ = (groups_ & ~lanes) | (lanes & (kOnes * to));
    if ((wanted_ & bit(from - 1)) != 0) wanted_ = (wanted_ & ~bit(from - 1)) | bit(to - 1);
  }

  // All that are to be joined have entered and are in one group.
  [[nodiscard]] bool joined(const FrontierStep& step) const {
    return step.ends_entered && (wanted_ & (wanted_ - 1)) == 0;
  }

  Word groups_ = 0;
  std::uint32_t wanted_ = 0;  // by the lowest slot: groups that hold a node to be joined
};

}  // namespace nines::structure
