// The clocks that run: which rings next. A winner tree over a fixed order of clocks, so that of those that ring at one
// instant the first in this order comes first, and a change costs one path to the top.
#pragma once

#include <algorithm>
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
    times_.resize(leaves_);
    first_.resize(leaves_);
    clear();
  }

  void clear() {
    std::fill(times_.begin(), times_.end(), kNever);
    for (std::size_t i = leaves_; i-- > 1;)
      first_[i] = 2 * i < leaves_ ? first_[2 * i] : static_cast<std::uint32_t>(2 * i - leaves_);
  }

  [[nodiscard]] Next next() const { return {times_[first_[1]], first_[1]}; }

  void set(std::uint32_t clock, double time) { tree().climb<false>(clock, time); }

  // By addresses, to be kept in registers. It stays good.
  class Tree {
   public:
    // What set() does, faster, for the clock that next() gives: on its whole path it is the winner that is replaced.
    // Gives what next() is then.
    Next set_next(std::uint32_t clock, double time) const { return climb<true>(clock, time); }

    // Into the near cache, what setting this clock needs: on its path, the times of those who win beside it. Inline in
    // any case: gcc 12 leaves out calls of functions that do nothing but prefetch.
    [[gnu::always_inline]] void prefetch(std::uint32_t clock) const {
      const std::size_t leaf = leaves + clock;
      __builtin_prefetch(times + clock, 1);
      __builtin_prefetch(times + first[leaf / 8 ^ 1U]);
      __builtin_prefetch(times + first[leaf / 16 ^ 1U]);
      __builtin_prefetch(times + first[leaf / 32 ^ 1U]);
      __builtin_prefetch(times + first[leaf / 64 ^ 1U]);
      __builtin_prefetch(times + first[leaf / 128 ^ 1U]);
    }

   private:
    friend Clocks;
    template <bool kWinner>
    Next climb(std::uint32_t clock, double time) const;

    double* times;
    std::uint32_t* first;
    std::size_t leaves;
  };
  [[nodiscard]] Tree tree() {
    Tree tree;
    tree.times = times_.data();
    tree.first = first_.data();
    tree.leaves = leaves_;
    return tree;
  }

 private:
  std::size_t leaves_ = 2;
  std::vector<double> times_;  // by clock
  std::vector<std::uint32_t>
      first_;  // [1] is the root; below [i] are [2 i] and [2 i + 1], below the last of them clocks
};

template <bool kWinner>
inline Clocks::Next Clocks::Tree::climb(std::uint32_t clock, double time) const {
  times[clock] = time;
  Next best{time, clock};
  std::size_t i = leaves + clock;
  std::uint32_t other = clock ^ 1U;
  while (true) {
    // The one on the left wins a tie: the other does when it is less, or equal and on the left. A mask in place of a
    // branch, since which of two clocks is first is as good as a coin. Times are not negative: as whole numbers,
    // their bits are in the same order. Where each path of the loop waits for the one before is but a minimum.
    const double others = times[other];
    const bool wins = std::bit_cast<std::uint64_t>(others) < std::bit_cast<std::uint64_t>(best.time) + (i & 1U);
    best.clock ^= (best.clock ^ other) & (0U - static_cast<std::uint32_t>(wins));
    best.time = std::min(best.time, others);
    i /= 2;
    // Above, nothing changes when neither the old nor the new winner here is this clock.
    if (!kWinner && first[i] != clock && best.clock != clock) return best;
    first[i] = best.clock;
    if (i == 1) return best;
    other = first[i ^ 1U];
  }
}

}  // namespace nines::sim
