// Ctrl-C: a first one asks the simulation to end soon with what it has, a second one ends the program.
#pragma once

#include <csignal>

#include <atomic>

namespace nines::cli {

// While it lives the first SIGINT or SIGTERM sets a flag; a later one, not the same key press once more, does what it
// always does.
class Interruptible {
 public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

  [[nodiscard]] const std::atomic<bool>& flag() const;
  [[nodiscard]] bool interrupted() const { return flag().load(std::memory_order_relaxed); }

 private:
  struct sigaction before_int_ {
  }, before_term_{};
};

}  // namespace nines::cli
