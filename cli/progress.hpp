// One line on a terminal for a person who waits.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace nines::cli {

// Shown on stderr when that is a terminal and `wanted`; first after half a second, then a few times a second, gone when
// this object is.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // `done` of all the work, 0..1; `words` say more.
  void show(double done, const std::string& words);

 private:
  std::chrono::steady_clock::time_point start_, next_;
  bool shown_ = false;
  bool on_ = false;
};

}  // namespace nines::cli
