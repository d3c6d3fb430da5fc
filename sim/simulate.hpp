// The Monte Carlo engine: plays the process of each model, event by event, with any law.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/answer/answer.hpp"
#include "model/description/model.hpp"

namespace nines::sim {

struct SimulateOptions {
  std::uint64_t seed = 1;
  std::optional<double> years;            // counted, the sum over histories; without it until `precision`
  double precision = 0.05;                // relative half-width of the unavailability's 95 % interval
  std::uint64_t max_events = 20'000'000;  // of each model; does not bound a run with `years`, unless written
  bool max_events_written = false;
  std::vector<double> at_h;  // times above 0 for Answer::at, in any order: histories of their own from time 0
  unsigned jobs = 0;         // threads; 0: as many as there are cores. No answer depends on it
};

// How far a run is, for a person who waits.
struct Progress {
  double done = 0;  // 0..1
  double years = 0;
  double half_width = 0;  // so far, of the model that is worst off
};

struct SimulateHooks {
  const std::atomic<bool>* stop = nullptr;        // set from outside: end soon with what there is
  std::function<void(const Progress&)> progress;  // called from the calling thread, some times a second
};

// Why there is no answer: exit code 3.
struct SimulateRefusal {
  std::string code;  // `no-history`
  std::string message;
  std::vector<std::string> notes;
  std::vector<std::string> helps;
};

// One answer per model. All models are played with common random numbers: what has the same name in two of them meets
// the same fate as far as their numbers agree, and `Simulated::difference` is from the first model. A function of
// models and options alone: the same bits for any number of threads.
[[nodiscard]] tl::expected<std::vector<Answer>, SimulateRefusal> simulate(std::span<const Model* const> models,
                                                                          const SimulateOptions& options,
                                                                          const SimulateHooks& hooks = {});

// One line of a history as it is played.
struct TraceEvent {
  double time_h = 0;      // from the start of the history, warm-up included
  std::string instance;   // `db[1]`, `db`, `az-a`; `system` for its going down and up
  std::string event;      // `fails`, `fails: crash`, `is restored`, `starts failover`, `serves`, ...
  bool system_up = true;  // after the instant
};

// Plays one history of a model once more, as simulate() played it with the same options, and tells every event between
// two times of it.
void trace(const Model& model, const SimulateOptions& options, std::uint64_t history, double from_h, double to_h,
           const std::function<void(const TraceEvent&)>& tell);

// How long a history is: the same for all models of one run.
struct Plan {
  double warm_up_h = 0;  // played, not counted: at least this and, drawn for each history, up to `spread_h` more
  double spread_h = 0;
  double counted_h = 0;
  std::uint64_t histories = 0;  // 0: as many as the precision asks for
};
[[nodiscard]] Plan plan(std::span<const Model* const> models, const SimulateOptions& options);
// Where counting begins in one history.
[[nodiscard]] double counted_from_h(double warm_up_h, double spread_h, std::uint64_t seed, std::uint64_t history);
// What of "everything new" no warm-up outlasts: nodes with lives of fixed length that keep in step, standbys that
// hardly age.
[[nodiscard]] std::vector<std::string> beyond_warm_up(const Model& model);
// Mean hours of the longest restoration, failover or recovery by hand in a model: how long an outage that was never
// seen may last, more or less.
[[nodiscard]] double longest_restoration_h(const Model& model);

}  // namespace nines::sim
