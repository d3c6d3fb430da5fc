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

// A histogram of minutes in bins of equal ratio (1 %) from a thousandth of a millisecond to 1e9 minutes, zeros apart;
// what lies outside goes into the outermost bins. And the exact number of values above given bounds.
class MinutesHistogram {
 public:
  explicit MinutesHistogram(std::vector<double> bounds = {});

  void add(double minutes);  // >= 0
  void add_zeros(std::uint64_t count) { zeros_ += count; }
  [[nodiscard]] std::uint64_t samples() const { return zeros_ + positive_; }
  [[nodiscard]] double mean() const;  // this and the next: 0 when there are no samples
  [[nodiscard]] double none() const;  // share of zeros
  [[nodiscard]] double most() const { return most_; }
  // The least value that at least a share p of all values does not exceed; within 1 %, exact where its neighbours are
  // equal and at both ends. 0 when there are no samples.
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] std::uint64_t above(std::size_t bound) const { return above_[bound]; }

 private:
  struct Bin {
    std::uint64_t count = 0;
    double sum = 0;  // so that many equal values, as of fixed times, come back as they were
  };

  std::vector<double> bounds_;
  std::vector<std::uint64_t> above_;
  std::vector<Bin> bins_;
  std::uint64_t zeros_ = 0, positive_ = 0;
  double sum_ = 0, least_ = 0, most_ = 0;  // of the positive ones
};

// Interval of a positive amount, at least 0, of which independent values were seen: `mean` > 0 and its standard error.
// Near normal where much was seen, and honest to the right where little was. Where events come at random it holds the
// truth in 93 % of all cases or more, be they one or thousands, all alike or as uneven as an exponential or a
// log-normal of cv 1.2; heavier tails, of which the worst is rarely seen, take more events (cv 4: 78 % at 3 events, 84
// % at 20, 91 % at 1000).
[[nodiscard]] Interval gamma_interval(double mean, double standard_error, double confidence = 0.95);
// How much wider an interval from the scatter of so many values is than from a known one: Student's t in place of the
// normal. Infinite for a single value, which knows nothing of its scatter.
[[nodiscard]] double wider_for_few(std::uint64_t values, double confidence = 0.95);
// Of a probability of which `hits` of `samples` independent trials were seen (Clopper & Pearson 1934); `cluster` >= 1
// divides both where trials come in clusters that hang together (the design effect).
[[nodiscard]] Interval share_interval(double hits, double samples, double cluster = 1, double confidence = 0.95);
// The rate of which none was seen in `exposure`: its upper bound.
[[nodiscard]] double none_seen_bound(double exposure, double confidence = 0.95);

}  // namespace nines::sim
