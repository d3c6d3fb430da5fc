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

// How likely so many are counted, `lowest` to `wanted`; fewer than can still reach `wanted`, and more than it.
struct Counted {
  std::vector<double> exactly;
  double fewer = 0, more = 0;
};

// The probabilities by which operands are counted, or not.
struct Odds {
  std::vector<double> counted, other;
};

// Leaves every operand out once. Halves are counted in for each other; of the counts only those matter from which the
// operands that are left can still reach `wanted`, so that a level of halves costs half of the one above it. Operands
// before the one that is left out are counted by odds of their own.
class LeaveOneOut {
 public:
  LeaveOneOut(const Odds& before, const Odds& after, std::size_t wanted)
      : before_(before), after_(after), wanted_(wanted) {}

  // `result(operand, Counted of all others)`.
  template <class Result>
  void run(Result&& result) const {
    Counted nobody;
    nobody.exactly.assign(wanted_ + 1, 0.0);
    nobody.exactly[0] = 1;
    run(0, before_.counted.size(), nobody, result);
  }

 private:
  // `others`: how many of those outside of [begin, end) are counted. As deep as the logarithm of their number.
  template <class Result>
  void run(std::size_t begin, std::size_t end, const Counted& others, Result& result) const {
    if (end - begin == 1) {
      result(begin, others);
      return;
    }
    const std::size_t half = begin + (end - begin) / 2;
    run(begin, half, count_in(after_, half, end, others, end - begin), result);
    run(half, end, count_in(before_, begin, half, others, end - begin), result);
  }

  [[nodiscard]] std::size_t lowest(std::size_t left) const { return wanted_ + 1 > left ? wanted_ + 1 - left : 0; }

  [[nodiscard]] Counted count_in(const Odds& odds, std::size_t begin, std::size_t end, Counted count,
                                 std::size_t left) const {
    std::vector<double>& counts = count.exactly;
    std::vector<double> next(counts.size());
    for (std::size_t i = begin; i < end; ++i, --left) {
      const double p = odds.counted[i], q = odds.other[i];
      const std::size_t size = counts.size();
      count.more += counts.back() * p;
      if (lowest(left - 1) > lowest(left)) {
        count.fewer += counts.front() * q;
        for (std::size_t j = 0; j + 1 < size; ++j) next[j] = counts[j + 1] * q + counts[j] * p;
        counts.pop_back();
        next.pop_back();
      } else {
        next[0] = counts[0] * q;
        for (std::size_t j = 1; j < size; ++j) next[j] = counts[j] * q + counts[j - 1] * p;
      }
      counts.swap(next);
    }
    return count;
  }

  const Odds &before_, &after_;
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

void others_of_vote(std::uint32_t need, std::span<const Side> operands, std::span<OthersOfVote> result) {
  const std::size_t up = need - 1, down = operands.size() - need;
  const bool count_up = up <= down;
  Odds odds;
  for (const Side& s : operands) {
    odds.counted.push_back(count_up ? s.up : s.down());
    odds.other.push_back(count_up ? s.down() : s.up);
  }
  LeaveOneOut(odds, odds, std::min(up, down)).run([&](std::size_t i, const Counted& others) {
    result[i] = {count_up ? others.fewer : others.more, others.exactly.back()};
  });
}

double lost_vote(std::uint32_t need, std::span<const Drop> operands) {
  const std::size_t up = need - 1, down = operands.size() - need;
  const bool count_up = up <= down;
  Odds before, after;
  for (const Drop& d : operands) {
    before.counted.push_back(count_up ? d.still_up : d.lost + d.down);
    before.other.push_back(count_up ? d.lost + d.down : d.still_up);
    after.counted.push_back(count_up ? d.still_up + d.lost : d.down);
    after.other.push_back(count_up ? d.down : d.still_up + d.lost);
  }
  double sum = 0;
  LeaveOneOut(before, after, std::min(up, down)).run([&](std::size_t i, const Counted& others) {
    sum += others.exactly.back() * operands[i].lost;
  });
  return sum;
}

double work_of_vote(std::uint32_t need, std::uint32_t operands) {
  return static_cast<double>(operands) * std::min(need, operands - need + 1);
}

}  // namespace nines::structure
