// Histories played by several threads, handed out in order of their numbers whoever played them.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/history/record.hpp"

namespace nines::sim {

struct CrowdMember {
  const Script* script = nullptr;
  const Watch* watch = nullptr;
};

class Crowd {
 public:
  // `jobs` threads, 0: as many as there are cores. `stop` may be null.
  Crowd(std::vector<CrowdMember> members, std::uint64_t seed, unsigned jobs, const std::atomic<bool>* stop);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Histories `first` to `first + count - 1` of every member: by history, one record per member. Histories that were
  // stopped before they were over, and all after them, are empty.
  [[nodiscard]] std::vector<std::vector<Record>> play(std::uint64_t first, std::uint64_t count);

 private:
  struct Player;

  std::vector<CrowdMember> members_;
  const std::atomic<bool>* stop_;
  std::vector<std::unique_ptr<Player>> players_;  // one a thread, kept between rounds
};

}  // namespace nines::sim
