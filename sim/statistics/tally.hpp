// Counting without keeping: memory does not grow with what is counted.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/answer/answer.hpp"

namespace nines::sim {

// Sum, mean and variance of values that come one by one (Welford 1962).
class Moments {
 public:
  void add(double value);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double variance() const;        // of one value; 0 below two values
  [[nodiscard]] double standard_error() const;  // of the mean

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0, squares_ = 0;
};

// A histogram of minutes in bins of equal ratio (1 %) from a thousandth of a millisecond on, zeros apart; and the exact
// number of values above given bounds.
class MinutesHistogram {
 public:
  explicit MinutesHistogram(std::vector<double> bounds = {});

  void add(double minutes);
  void add_zeros(std::uint64_t count);
  [[nodiscard]] std::uint64_t samples() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double most() const;
  [[nodiscard]] double none() const;  // share of zeros
  // The least value that at least a share p of all values does not exceed; within 1 %.
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] std::uint64_t above(std::size_t bound) const;

 private:
  std::vector<double> bounds_;
  std::vector<std::uint64_t> above_, bins_;
  std::uint64_t zeros_ = 0, samples_ = 0;
  double sum_ = 0, most_ = 0;
};

// Interval of a positive amount whose estimate is the mean of independent values: the amount as a multiple of a gamma
// variate with the same relative variance. Near normal where much was seen, and honest to the right where little was.
// `mean` > 0.
[[nodiscard]] Interval gamma_interval(double mean, double standard_error, double confidence = 0.95);
// Of a probability of which `hits` of `samples` independent trials were seen (Clopper & Pearson 1934); `cluster` >= 1
// divides both where trials come in clusters that hang together (the design effect).
[[nodiscard]] Interval share_interval(double hits, double samples, double cluster = 1, double confidence = 0.95);
// The rate of which none was seen in `exposure`: its upper bound.
[[nodiscard]] double none_seen_bound(double exposure, double confidence = 0.95);

}  // namespace nines::sim
