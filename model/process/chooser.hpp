// Where the outcome of an event is a matter of probability, the process asks. The simulator's chooser draws; the
// explorer's plays an event once for every sequence of answers. So no rule knows which engine it serves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace nines::process {

class Chooser {
 public:
  Chooser() = default;
  Chooser(const Chooser&) = delete;
  Chooser& operator=(const Chooser&) = delete;

  // True with probability p. Answers of probability 0 are never given.
  [[nodiscard]] virtual bool happens(double p) = 0;
  // One of several, with probabilities in the ratio of `weights`, which are positive.
  [[nodiscard]] virtual std::size_t pick(std::span<const double> weights) {
    std::size_t i = 0;
    for (; i + 1 < weights.size(); ++i) {
      double left = 0;
      for (const double weight : weights.subspan(i)) left += weight;
      if (happens(weights[i] / left)) break;
    }
    return i;
  }

 protected:
  ~Chooser() = default;
};

}  // namespace nines::process
