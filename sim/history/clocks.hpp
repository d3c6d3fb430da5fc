// The clocks that run: which rings next. A winner tree over a fixed order of clocks, so that of those that ring at one
// instant the first in this order comes first, and a change costs one path to the top.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace nines::sim {

class Clocks {
 public:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  struct Next {
    double time = kNever;
    std::uint32_t clock = 0;
  };

  explicit Clocks(std::size_t count) {
    while (leaves_ < count) leaves_ *= 2;
    tree_.resize(2 * leaves_);
    clear();
  }

  void clear() {
    for (std::size_t i = 0; i < leaves_; ++i) tree_[leaves_ + i] = {key_of(kNever), i};
    for (std::size_t i = leaves_; i-- > 1;) tree_[i] = tree_[2 * i];
  }

  [[nodiscard]] Next next() const {
    return {std::bit_cast<double>(tree_[1].key), static_cast<std::uint32_t>(tree_[1].clock)};
  }

  void set(std::uint32_t clock, double time) { climb<false>(clock, time); }
  // The same, faster, for the clock that next() gives: on its whole path it is the winner that is replaced.
  void set_next(std::uint32_t clock, double time) { climb<true>(clock, time); }

 private:
  // Times are not negative: as whole numbers, their bits are in the same order.
  static std::uint64_t key_of(double time) { return std::bit_cast<std::uint64_t>(time); }
  struct Entry {
    std::uint64_t key = 0, clock = 0;
  };

  template <bool kWinner>
  void climb(std::uint32_t clock, double time) {
    Entry* const tree = tree_.data();
    std::size_t i = leaves_ + clock;
    Entry first{key_of(time), clock};
    tree[i].key = first.key;
    do {
      // The one on the left wins a tie; the other does when it is less, or equal and on the left. Masks in place of
      // branches: which of two clocks is first is as good as a coin.
      const Entry other = tree[i ^ 1U];
      const std::uint64_t others = std::uint64_t{0} - static_cast<std::uint64_t>(other.key < first.key + (i & 1U));
      first.key ^= (first.key ^ other.key) & others;
      first.clock ^= (first.clock ^ other.clock) & others;
      i /= 2;
      // Above, nothing changes when neither the old nor the new winner here is this clock.
      if (!kWinner && tree[i].clock != clock && first.clock != clock) return;
      tree[i] = first;
    } while (i > 1);
  }

  std::size_t leaves_ = 2;
  std::vector<Entry> tree_;  // [1] is the root, [leaves_ + i] is clock i
};

}  // namespace nines::sim
