#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/render/progress_text.hpp"

namespace nines::cli {
namespace {

using namespace std::chrono_literals;

// To the start of the line, and nothing behind it.
constexpr const char* kBlank = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(bool wanted)
    : start_(std::chrono::steady_clock::now()), next_(start_ + 500ms), on_(wanted && ::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs(kBlank, stderr);
}

void ProgressLine::show(double done, const std::string& words) {
  const auto now = std::chrono::steady_clock::now();
  if (!on_ || now < next_) return;
  next_ = now + 200ms;
  shown_ = true;
  const std::chrono::duration<double> elapsed = now - start_;
  std::fputs((kBlank + progress_text(done, elapsed.count(), words)).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace nines::cli
