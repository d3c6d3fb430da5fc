#include "cli/render/progress_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/render/numbers.hpp"

namespace nines::cli {

std::string progress_text(double done, double seconds, const std::string& words) {
  done = std::clamp(done, 0.0, 1.0);
  std::string text = fmt::format("{:.0f} %", done * 100);
  if (done > 0.005) {
    const double left = seconds * (1 - done) / done;
    text += left < 120 ? fmt::format(", {:.0f} s left", left) : fmt::format(", {} left", span(left / 3600, 2));
  }
  return words.empty() ? text : text + ": " + words;
}

}  // namespace nines::cli
