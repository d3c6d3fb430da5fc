#include "model/structure/vote.hpp"

#include <algorithm>
#include <vector>

namespace nines::structure {
namespace {

// By how many are counted: how likely with some mendable one among those down, and with none.
class Counts {
 public:
  explicit Counts(std::size_t most) : with_(most + 1, 0.0), without_(most + 1, 0.0) { without_[0] = 1; }

  // Counts those that are up; what passes the most goes to `passed`.
  void count_up(const Side& s) {
    passed += (with_.back() + without_.back()) * s.up;
    const double down = s.down();
    for (std::size_t j = reach(); j > 0; --j) {
      with_[j] = with_[j] * down + without_[j] * s.mendable + with_[j - 1] * s.up;
      without_[j] = without_[j] * s.several + without_[j - 1] * s.up;
    }
    with_[0] = with_[0] * down + without_[0] * s.mendable;
    without_[0] *= s.several;
  }

  // The same of those that are down.
  void count_down(const Side& s) {
    const double down = s.down();
    passed += (with_.back() + without_.back()) * down;
    for (std::size_t j = reach(); j > 0; --j) {
      with_[j] = with_[j] * s.up + with_[j - 1] * down + without_[j - 1] * s.mendable;
      without_[j] = without_[j] * s.up + without_[j - 1] * s.several;
    }
    with_[0] *= s.up;
    without_[0] *= s.up;
  }

  [[nodiscard]] double before_last() const {
    double sum = 0;
    for (std::size_t j = 0; j + 1 < with_.size(); ++j) sum += with_[j] + without_[j];
    return sum;
  }
  [[nodiscard]] double last_with() const { return with_.back(); }
  [[nodiscard]] double last_without() const { return without_.back(); }

  double passed = 0;

 private:
  std::size_t reach() { return std::min(++seen_, with_.size() - 1); }

  std::size_t seen_ = 0;
  std::vector<double> with_, without_;
};

// Leaves every operand out once. Halves are counted in for each other; of the counts only those matter from which the
// operands that are left can still reach `wanted`, so that a level of halves costs half of the one above it.
class LeaveOneOut {
 public:
  LeaveOneOut(std::span<const double> counted, std::span<const double> other, std::size_t wanted)
      : counted_(counted), other_(other), wanted_(wanted) {}

  // `others`: P(j of those outside of [begin, end) are counted), from j = lowest(end - begin) to `wanted`.
  void run(std::size_t begin, std::size_t end, const std::vector<double>& others, std::span<double> result) const {
    if (end - begin == 1) {
      result[begin] = others.back();
      return;
    }
    const std::size_t half = begin + (end - begin) / 2;
    run(begin, half, count_in(half, end, others, end - begin), result);
    run(half, end, count_in(begin, half, others, end - begin), result);
  }

 private:
  [[nodiscard]] std::size_t lowest(std::size_t left) const { return wanted_ + 1 > left ? wanted_ + 1 - left : 0; }

  [[nodiscard]] std::vector<double> count_in(std::size_t begin, std::size_t end, std::vector<double> counts,
                                             std::size_t left) const {
    std::vector<double> next(counts.size());
    for (std::size_t i = begin; i < end; ++i, --left) {
      const double p = counted_[i], q = other_[i];
      const std::size_t size = counts.size();
      if (lowest(left - 1) > lowest(left)) {
        for (std::size_t j = 0; j + 1 < size; ++j) next[j] = counts[j + 1] * q + counts[j] * p;
        counts.pop_back();
        next.pop_back();
      } else {
        next[0] = counts[0] * q;
        for (std::size_t j = 1; j < size; ++j) next[j] = counts[j] * q + counts[j - 1] * p;
      }
      counts.swap(next);
    }
    return counts;
  }

  std::span<const double> counted_, other_;
  std::size_t wanted_;
};

}  // namespace

Side at_least(std::uint32_t need, std::span<const Side> operands) {
  const std::size_t spare = operands.size() - need;
  Side joined;
  if (need <= spare) {
    Counts up(need - 1);
    for (const Side& s : operands) up.count_up(s);
    joined.up = up.passed;
    joined.mendable = up.last_with();
    joined.several = up.last_without() + up.before_last();
  } else {
    Counts down(spare + 1);
    for (const Side& s : operands) down.count_down(s);
    joined.up = down.before_last();
    joined.mendable = down.last_with();
    joined.several = down.last_without() + down.passed;
  }
  return joined;
}

void exactly_one_short(std::uint32_t need, std::span<const Side> operands, std::span<double> result) {
  const std::size_t up = need - 1, down = operands.size() - need;
  std::vector<double> counted, other;
  for (const Side& s : operands) {
    counted.push_back(up <= down ? s.up : s.down());
    other.push_back(up <= down ? s.down() : s.up);
  }
  const std::size_t wanted = std::min(up, down);
  std::vector<double> nobody(wanted + 1, 0.0);
  nobody[0] = 1;
  LeaveOneOut(counted, other, wanted).run(0, operands.size(), nobody, result);
}

double work_of_vote(std::uint32_t need, std::uint32_t operands) {
  return static_cast<double>(operands) * std::min(need, operands - need + 1);
}

}  // namespace nines::structure
