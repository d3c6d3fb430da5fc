#include "cli/interrupt.hpp"

#include <cstdint>
#include <ctime>

namespace nines::cli {
namespace {

// A signal handler can reach nothing else. Lock-free, so that it may be set from one.
std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

std::atomic<std::int64_t> asked_at_ns{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

// One Ctrl-C may come twice: from the terminal, and from whoever started the program and hands it on.
constexpr std::int64_t kSameNs = 200'000'000;

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

void ask_to_stop(int signal) {
  const std::int64_t now = now_ns();
  if (!stop_asked.load(std::memory_order_relaxed)) {
    asked_at_ns.store(now, std::memory_order_relaxed);
    stop_asked.store(true, std::memory_order_relaxed);
  } else if (now - asked_at_ns.load(std::memory_order_relaxed) > kSameNs) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

Interruptible::Interruptible() {
  stop_asked.store(false, std::memory_order_relaxed);
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = SA_RESTART;
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
