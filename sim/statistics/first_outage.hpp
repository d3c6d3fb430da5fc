// Mean time to the first outage, from histories that end before some of them have had one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/answer/answer.hpp"

namespace nines::sim {

// To leave out the histories without an outage, or to give no value as soon as there is one, would tell the mean of the
// short times only. So the time that was seen is completed for them: once the start is forgotten outages come at a
// constant rate, first outages a first-outage-free hour.
class FirstOutage {
 public:
  // A history watched from 0 to `end_h`, whose start is forgotten after `forgotten_h`; `outage_h` < 0: none was seen.
  // `over`: nothing can happen any more.
  void add(double outage_h, double forgotten_h, double end_h, bool over);

  struct Mean {
    double hours = 0;
    Interval interval;
  };
  // Nothing where it is infinite, or where fewer than kEnough outages tell it.
  [[nodiscard]] std::optional<Mean> mean() const;
  [[nodiscard]] std::uint64_t seen() const { return seen_; }

 private:
  static constexpr std::uint64_t kEnough = 10;
  static constexpr std::size_t kValues = 4;

  std::uint64_t count_ = 0, seen_ = 0;
  bool never_ = false;
  // By history: hours until the first outage or the end; whether none was seen; of the hours, those after the start
  // was forgotten; whether an outage ended these.
  std::array<double, kValues> mean_{};
  std::array<std::array<double, kValues>, kValues> products_{};  // sums, of deviations from the means
};

}  // namespace nines::sim
