#include "bench/plain_simulation.hpp"

#include <cmath>
#include <queue>
#include <random>
#include <vector>

namespace nines::bench {
namespace {

struct Event {
  double time;
  std::size_t unit;
  bool operator>(const Event& other) const { return time > other.time; }
};

template <class Life, class Restoration>
PlainAnswer play(const PlainModel& model, Life life, Restoration restoration, double hours, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  std::queue<std::size_t> waiting;
  std::vector<char> up(model.units, 1);
  std::size_t units_up = model.units, busy = 0;
  PlainAnswer answer;
  double down_since = 0;
  for (std::size_t unit = 0; unit < model.units; ++unit) events.push({life(random), unit});
  while (events.top().time < hours) {
    const Event event = events.top();
    events.pop();
    ++answer.events;
    if (up[event.unit]) {
      up[event.unit] = 0;
      if (units_up-- == model.need) down_since = event.time;
      if (model.crew == 0 || busy < model.crew) {
        ++busy;
        events.push({event.time + restoration(random), event.unit});
      } else {
        waiting.push(event.unit);
      }
    } else {
      up[event.unit] = 1;
      if (++units_up == model.need) answer.down_h += event.time - down_since;
      events.push({event.time + life(random), event.unit});
      if (waiting.empty()) {
        --busy;
      } else {
        events.push({event.time + restoration(random), waiting.front()});
        waiting.pop();
      }
    }
  }
  if (units_up < model.need) answer.down_h += hours - down_since;
  return answer;
}

}  // namespace

PlainAnswer simulate_plainly(const PlainModel& model, double hours, std::uint64_t seed) {
  if (model.exponential)
    return play(model, std::exponential_distribution<double>(1 / model.life_h),
                std::exponential_distribution<double>(1 / model.restoration_h), hours, seed);
  const double variance = std::log1p(model.restoration_cv * model.restoration_cv);
  return play(model, std::weibull_distribution<double>(model.life_shape, model.life_h),
              std::lognormal_distribution<double>(std::log(model.restoration_h) - variance / 2, std::sqrt(variance)),
              hours, seed);
}

}  // namespace nines::bench
