#include "cli/interrupt.hpp"

namespace nines::cli {
namespace {

// A signal handler can reach nothing else. Lock-free, so that it may be set from one.
std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) {
  stop_asked.store(true, std::memory_order_relaxed);
}

}  // namespace

Interruptible::Interruptible() {
  stop_asked.store(false, std::memory_order_relaxed);
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigemptyset(&action.sa_mask);
  // Who was started in the background ignores Ctrl-C, and goes on doing so.
  ::sigaction(SIGINT, nullptr, &before_int_);
  if (before_int_.sa_handler != SIG_IGN) ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, &before_term_);
}

Interruptible::~Interruptible() {
  ::sigaction(SIGINT, &before_int_, nullptr);
  ::sigaction(SIGTERM, &before_term_, nullptr);
}

const std::atomic<bool>& Interruptible::flag() const {
  return stop_asked;
}

}  // namespace nines::cli
