// The clocks that run: which rings next. A winner tree over a fixed order of clocks, so that of those that ring at one
// instant the first in this order comes first, and a change costs one path to the top.
#pragma once

#include <algorithm>
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
    for (std::size_t i = 0; i < leaves_; ++i) tree_[leaves_ + i] = {kNever, static_cast<std::uint32_t>(i)};
    for (std::size_t i = leaves_; i-- > 1;) tree_[i] = tree_[2 * i];
  }

  [[nodiscard]] const Next& next() const { return tree_[1]; }
  [[nodiscard]] double time(std::uint32_t clock) const { return tree_[leaves_ + clock].time; }

  void set(std::uint32_t clock, double time) {
    std::size_t i = leaves_ + clock;
    tree_[i].time = time;
    while (i > 1) {
      const Next left = tree_[i & ~std::size_t{1}], right = tree_[i | 1U];
      const Next first = right.time < left.time ? right : left;
      i /= 2;
      Next& winner = tree_[i];
      // Above, nothing changes when neither the old nor the new winner here is this clock.
      if (winner.clock != clock && first.clock != clock) return;
      winner = first;
    }
  }

 private:
  std::size_t leaves_ = 2;
  std::vector<Next> tree_;  // [1] is the root, [leaves_ + i] is clock i
};

}  // namespace nines::sim
