#include "sim/crowd.hpp"

#include <algorithm>
#include <thread>

#include "sim/simulate.hpp"

namespace nines::sim {
namespace {

// Played between two looks at the stop sign: some milliseconds.
constexpr double kSlices = 64;
// An outage under way when counting ends is watched to its end, within reason.
constexpr double kOutageLimit = 2;

}  // namespace

// What one thread plays with: room for one history of every member.
struct Crowd::Player {
  Player(const std::vector<CrowdMember>& members, std::uint64_t random_seed) : seed(random_seed) {
    for (const CrowdMember& member : members) {
      histories.push_back(std::make_unique<History>(*member.script, seed));
      recorders.push_back(std::make_unique<Recorder>(*member.script, *member.watch));
    }
  }

  // Nothing when stopped.
  std::vector<Record> play(const std::vector<CrowdMember>& members, std::uint64_t number,
                           const std::atomic<bool>* stop) {
    std::vector<Record> records;
    for (std::size_t i = 0; i < members.size(); ++i) {
      History& history = *histories[i];
      Recorder& recorder = *recorders[i];
      const Watch& watch = *members[i].watch;
      const double later = counted_from_h(0, watch.spread_h, seed, number), to = watch.to_h + later;
      history.begin(number);
      recorder.begin(history, later);
      bool goes_on = true;
      for (int slice = 1; slice <= kSlices && goes_on; ++slice) {
        if (stop && stop->load(std::memory_order_relaxed)) return {};
        goes_on = history.play(slice == kSlices ? to : to * slice / kSlices, recorder);
      }
      recorder.end_counting(to);
      if (goes_on && !history.system_up()) history.play_to_next_up(kOutageLimit * to, recorder);
      records.push_back(recorder.take(history, !goes_on));
    }
    return records;
  }

  std::uint64_t seed;
  std::vector<std::unique_ptr<History>> histories;
  std::vector<std::unique_ptr<Recorder>> recorders;
};

Crowd::Crowd(std::vector<CrowdMember> members, std::uint64_t seed, unsigned jobs, const std::atomic<bool>* stop)
    : members_(std::move(members)), stop_(stop) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < jobs; ++i) players_.push_back(std::make_unique<Player>(members_, seed));
}

Crowd::~Crowd() = default;

std::vector<std::vector<Record>> Crowd::play(std::uint64_t first, std::uint64_t count) {
  std::vector<std::vector<Record>> round(count);
  std::atomic<std::uint64_t> next{0};
  const auto work = [&](Player& player) {
    for (std::uint64_t i = next++; i < count; i = next++) {
      round[i] = player.play(members_, first + i, stop_);
      if (round[i].empty()) return;
    }
  };
  const auto wanted = std::min<std::uint64_t>(players_.size(), count);
  std::vector<std::thread> threads;
  for (std::uint64_t t = 1; t < wanted; ++t) threads.emplace_back(work, std::ref(*players_[t]));
  work(*players_[0]);
  for (std::thread& thread : threads) thread.join();
  return round;
}

}  // namespace nines::sim
