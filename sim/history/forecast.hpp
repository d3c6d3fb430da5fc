// Which plain nodes ring soon, so that what their events touch is fetched into the near cache before. Where there are
// many nodes, an event would otherwise wait for memory longer than it takes. Hints only: nothing is wrong when one is
// missing or too many.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nines::sim {

class Forecast {
 public:
  // `clocks` may be 0: then only clear() may be called. `cycle_h`: how long a life and its restoration take, more or
  // less.
  Forecast(std::size_t clocks, double cycle_h)
      : per_hour_(kBuckets / (kCycles * cycle_h)),
        room_(16 + clocks * 2 * kCycles / kBuckets),
        counts_(clocks > 0 ? kBuckets : 0),
        clocks_(counts_.size() * room_) {}

  void clear() {
    std::fill(counts_.begin(), counts_.end(), 0);
    now_ = 0;
    fetched_ = 0;
  }

  // A clock was set. One that rings very soon is still in the cache. No branch: which it is is as good as a coin.
  void note(std::uint32_t clock, double time) {
    const double scaled = time * per_hour_;
    if (!(scaled < static_cast<double>(now_ + kBuckets))) return;
    const auto due = static_cast<std::size_t>(scaled);
    const std::size_t bucket = due % kBuckets;
    std::uint32_t& count = counts_[bucket];
    clocks_[bucket * room_ + count] = clock;
    count += static_cast<unsigned>(due > now_ + kNear) & static_cast<unsigned>(count + 1 < room_);
  }

  // At every event: one of those that ring before long goes to `fetch` first, and some events later to `look`.
  template <class Fetch, class Look>
  void go_on(double time, Fetch fetch, Look look) {
    if (time * per_hour_ >= static_cast<double>(now_ + 1)) [[unlikely]] {
      counts_[now_ % kBuckets] = 0;
      now_ = static_cast<std::size_t>(time * per_hour_);
      fetched_ = 0;
    }
    const std::size_t next = (now_ + 1) % kBuckets, count = counts_[next];
    if (fetched_ >= count + kLater) return;
    if (fetched_ < count) fetch(clocks_[next * room_ + fetched_]);
    if (fetched_ >= kLater) look(clocks_[next * room_ + fetched_ - kLater]);
    ++fetched_;
  }

 private:
  // A ring of equal spans of time, over some lives. With 100 000 clocks a span has 200 events: what they touch fits
  // into the near cache.
  static constexpr std::size_t kBuckets = 4096, kCycles = 4;
  static constexpr std::size_t kNear = 8;    // buckets
  static constexpr std::size_t kLater = 16;  // events

  double per_hour_;
  std::size_t room_;                   // of a bucket
  std::vector<std::uint32_t> counts_;  // by bucket
  std::vector<std::uint32_t> clocks_;  // by bucket
  std::size_t now_ = 0;                // the bucket that time is in
  std::size_t fetched_ = 0;            // of the next one
};

}  // namespace nines::sim
