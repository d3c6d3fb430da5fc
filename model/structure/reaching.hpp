// What is known of a directed network when some of its nodes and links have been looked at: which nodes on the frontier
// are reached from the first end, from which the second is reached, and which of the others are reached from each
// other.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "model/structure/network_order.hpp"
#include "model/structure/verdict.hpp"

namespace nines::structure {

// Bits: of a slot each. Equal for all that can't be told apart later, as far as that is cheap to see.
template <class Bits>
class Reaching {
 public:
  static constexpr std::uint32_t kWidest = std::numeric_limits<Bits>::digits;

  [[nodiscard]] Verdict enter(const FrontierStep& step, bool up) {
    const Bits own = bit(step.slot);
    if (step.end == 0) first_entered_ = 1;
    if (step.end == 1) second_entered_ = 1;
    if (!up) return step.end == FrontierStep::kNotWanted ? Verdict::open : Verdict::down;
    up_ |= own;
    if (step.end == 0) reached_ |= own;
    if (step.end == 1) leads_ |= own;
    return Verdict::open;
  }

  // Whether it makes a difference that the link is up.
  [[nodiscard]] bool asks_for(const FrontierStep& step) const {
    const Bits from = bit(step.from_slot), to = bit(step.to_slot);
    if ((up_ & from) == 0 || (up_ & to) == 0) return false;
    if ((reached_ & to) != 0 || (leads_ & from) != 0) return false;  // known without
    return (to_[step.from_slot] & to) == 0;
  }

  [[nodiscard]] Verdict link(const FrontierStep& step) {
    if (!asks_for(step)) return Verdict::open;
    const Bits from = bit(step.from_slot), to = bit(step.to_slot);
    // All that reach `from` reach all that `to` does.
    Bits sources = from;
    const Bits targets = to | to_[step.to_slot];
    for_each(up_, [&](std::size_t slot) {
      if ((to_[slot] & from) != 0) sources |= bit(slot);
    });
    const bool reached = (reached_ & from) != 0, leads = (leads_ & to) != 0;
    if (reached && leads) return Verdict::up;
    if (reached) reached_ |= targets;
    if (leads) leads_ |= sources;
    if ((reached_ & leads_) != 0) return Verdict::up;
    if (!reached && !leads) for_each(sources, [&](std::size_t slot) { to_[slot] |= without(targets, bit(slot)); });
    // Of those whose case is known nothing else matters.
    const Bits known = reached_ | leads_;
    for_each(up_, [&](std::size_t slot) { to_[slot] = (known & bit(slot)) != 0 ? 0 : without(to_[slot], known); });
    return Verdict::open;
  }

  [[nodiscard]] Verdict settle(const FrontierStep& step) {
    for (const std::uint32_t slot : step.leaving) forget(slot);
    if (cut_off()) return Verdict::down;
    // No way over a node that can't be come to any more, or not be left.
    for (bool changed = true; changed;) {
      changed = false;
      Bits come_to = reached_;
      for_each(up_, [&](std::size_t slot) { come_to |= to_[slot]; });
      for (const FrontierStep::Ahead& ahead : step.ahead) {
        const Bits own = bit(ahead.slot);
        if ((up_ & own) == 0) continue;
        const bool in = ahead.ways_in || (come_to & own) != 0;
        const bool out = ahead.ways_out || (leads_ & own) != 0 || to_[ahead.slot] != 0;
        // What it reaches is noted of those already, and the first end has to stay.
        const bool reached_all = (reached_ & own) != 0 && !ahead.ways_out;
        const bool led_all = (leads_ & own) != 0 && !ahead.ways_in;
        if (in && out && !reached_all && !led_all) continue;
        changed = true;
        forget(ahead.slot);
      }
    }
    return cut_off() ? Verdict::down : Verdict::open;
  }

  [[nodiscard]] std::uint64_t hash() const {
    std::uint64_t h = std::uint64_t{up_} << 32U | reached_;
    const auto mix = [&](std::uint64_t word) {
      h = (h ^ word) * 0xff51afd7ed558ccdULL;
      h ^= h >> 32U;
    };
    mix(leads_);
    for (const std::uint64_t word : std::bit_cast<std::array<std::uint64_t, sizeof(to_) / 8>>(to_)) mix(word);
    return h;
  }
  friend bool operator==(const Reaching&, const Reaching&) = default;

 private:
  static Bits bit(std::size_t slot) { return static_cast<Bits>(Bits{1} << slot); }
  static Bits without(Bits bits, Bits others) { return static_cast<Bits>(bits & ~others); }
  template <class Do>
  static void for_each(Bits bits, Do&& act) {
    for (; bits != 0; bits &= static_cast<Bits>(bits - 1)) act(static_cast<std::size_t>(std::countr_zero(bits)));
  }

  // One of the ends has entered and can't be left, or be come to, any more.
  [[nodiscard]] bool cut_off() const {
    return (first_entered_ != 0 && reached_ == 0) || (second_entered_ != 0 && leads_ == 0);
  }
  void forget(std::size_t slot) {
    const Bits own = bit(slot);
    up_ = without(up_, own);
    reached_ = without(reached_, own);
    leads_ = without(leads_, own);
    to_[slot] = 0;
    for_each(up_, [&](std::size_t other) { to_[other] = without(to_[other], own); });
  }

  Bits up_ = 0;                     // not down, and some way may yet lead over it
  Bits reached_ = 0;                // from the first end
  Bits leads_ = 0;                  // to the second end
  std::array<Bits, kWidest> to_{};  // by slot: which are reached from it, of those in neither set
  std::uint8_t first_entered_ = 0, second_entered_ = 0;
};

}  // namespace nines::structure
