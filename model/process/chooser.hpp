// Where the outcome of an event is a matter of probability, the process asks. The simulator's chooser draws; the
// explorer's plays an event once for every sequence of answers. So no rule knows which engine it serves.
#pragma once

#include <cstdint>

namespace nines::process {

class Chooser {
 public:
  Chooser() = default;
  Chooser(const Chooser&) = delete;
  Chooser& operator=(const Chooser&) = delete;

  // True with probability p. Answers of probability 0 are never given.
  [[nodiscard]] virtual bool happens(double p) = 0;

 protected:
  ~Chooser() = default;
};

}  // namespace nines::process
