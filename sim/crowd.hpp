// Histories played by several threads, handed out in order of their numbers whoever played them.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/history/record.hpp"

namespace nines::sim {

struct CrowdMember {
  const Script* script = nullptr;
  const Watch* watch = nullptr;
};

class Crowd {
 public:
  // `jobs` threads, 0: as many as there are cores. `stop` may be null. `first`: the number of the first history.
  Crowd(std::vector<CrowdMember> members, std::uint64_t seed, unsigned jobs, const std::atomic<bool>* stop,
        std::uint64_t first = 0);

  // One record per member.
  using Take = std::function<bool(const std::vector<Record>&)>;
  // Plays `count` histories from the first on, of every member. They go to `take`, in order and on the calling thread,
  // until it says false or one was stopped before it was over.
  void play(std::uint64_t count, const Take& take);

 private:
  class Player;
  class Window;

  std::vector<CrowdMember> members_;
  std::uint64_t seed_;
  unsigned jobs_;
  const std::atomic<bool>* stop_;
  std::uint64_t first_;
};

}  // namespace nines::sim
