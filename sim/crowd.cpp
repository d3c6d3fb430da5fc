#include "sim/crowd.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <thread>

#include "sim/simulate.hpp"

namespace nines::sim {
namespace {

// Played between two looks at the stop sign: some milliseconds.
constexpr double kSlices = 64;
// An outage under way when counting ends is watched to its end, within reason.
constexpr double kOutageLimit = 2;
// How many histories may be ahead of the one that is taken next.
constexpr std::uint64_t kAhead = 64;

}  // namespace

// What one thread plays with: room for one history of every member.
class Crowd::Player {
 public:
  explicit Player(const Crowd& crowd) : members_(crowd.members_), seed_(crowd.seed_), first_(crowd.first_) {
    for (const CrowdMember& member : members_) {
      histories_.push_back(std::make_unique<History>(*member.script, seed_));
      recorders_.push_back(std::make_unique<Recorder>(*member.script, *member.watch));
    }
  }

  // Nothing when stopped.
  template <class Stopped>
  std::vector<Record> play(std::uint64_t place, Stopped stopped) {
    const std::uint64_t number = first_ + place;
    std::vector<Record> records;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      History& history = *histories_[i];
      Recorder& recorder = *recorders_[i];
      const Watch& watch = *members_[i].watch;
      const double later = counted_from_h(0, watch.spread_h, seed_, number), to = watch.to_h + later;
      history.begin(number);
      recorder.begin(history, later);
      bool goes_on = true;
      for (int slice = 1; slice <= kSlices && goes_on; ++slice) {
        if (stopped()) return {};
        goes_on = history.play(slice == kSlices ? to : to * slice / kSlices, recorder);
      }
      recorder.end_counting(to);
      if (watch.long_run && goes_on && !history.system_up()) history.play_to_next_up(kOutageLimit * to, recorder);
      records.push_back(recorder.take(history, !goes_on));
    }
    return records;
  }

 private:
  const std::vector<CrowdMember>& members_;
  std::uint64_t seed_, first_;
  std::vector<std::unique_ptr<History>> histories_;
  std::vector<std::unique_ptr<Recorder>> recorders_;
};

// The histories between the one that is taken next and the last that is being played. Nobody waits for the slowest of a
// batch: threads play on while there is room.
class Crowd::Window {
 public:
  Window(std::uint64_t count, const std::atomic<bool>* stop) : count_(count), stop_(stop) {}

  [[nodiscard]] bool stopped() const {
    return over_.load(std::memory_order_relaxed) || (stop_ && stop_->load(std::memory_order_relaxed));
  }

  // Plays one, if there is one to be played and room for it.
  bool play_one(Player& player) {
    std::uint64_t number = next_.load();
    do
      if (number >= count_ || number >= taken_.load() + kAhead) return false;
    while (!next_.compare_exchange_weak(number, number + 1));
    Place& place = places_[number % kAhead];
    place.records = player.play(number, [this] { return stopped(); });
    place.ready.store(true);
    place.ready.notify_one();
    return true;
  }

  // What the other threads do.
  void help(Player& player) {
    while (!stopped()) {
      const std::uint64_t taken = taken_.load();
      if (play_one(player)) continue;
      if (next_.load() >= count_) return;
      taken_.wait(taken);
    }
  }

  void lead(Player& player, const Take& take) {
    for (std::uint64_t number = 0; number < count_; ++number) {
      Place& place = places_[number % kAhead];
      while (!place.ready.load())
        if (!play_one(player)) place.ready.wait(false);
      if (place.records.empty() || !take(place.records)) break;
      place.records.clear();
      place.ready.store(false);
      ++taken_;
      taken_.notify_all();
    }
  }

  // Nobody plays or waits any more.
  void close() {
    over_ = true;
    ++taken_;  // wakes who waits for room
    taken_.notify_all();
  }

 private:
  struct alignas(64) Place {
    std::atomic<bool> ready{false};
    std::vector<Record> records;
  };

  const std::uint64_t count_;
  const std::atomic<bool>* stop_;
  std::array<Place, kAhead> places_;
  alignas(64) std::atomic<std::uint64_t> next_{0};
  alignas(64) std::atomic<std::uint64_t> taken_{0};
  std::atomic<bool> over_{false};
};

Crowd::Crowd(std::vector<CrowdMember> members, std::uint64_t seed, unsigned jobs, const std::atomic<bool>* stop,
             std::uint64_t first)
    : members_(std::move(members)),
      seed_(seed),
      jobs_(jobs > 0 ? jobs : std::max(1U, std::thread::hardware_concurrency())),
      stop_(stop),
      first_(first) {}

void Crowd::play(std::uint64_t count, const Take& take) {
  const auto window = std::make_unique<Window>(count, stop_);
  std::vector<std::jthread> threads;
  // Each makes its player itself: memory of its own, no line of the cache that another thread writes to.
  for (std::uint64_t t = 1; t < std::min<std::uint64_t>(jobs_, count); ++t)
    threads.emplace_back([&] {
      Player player(*this);
      window->help(player);
    });
  // Also when something is thrown: the threads are waited for.
  const std::unique_ptr<Window, void (*)(Window*)> closing(window.get(), [](Window* open) { open->close(); });
  Player player(*this);
  window->lead(player, take);
}

}  // namespace nines::sim
