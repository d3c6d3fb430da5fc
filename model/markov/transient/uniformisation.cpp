#include "model/markov/transient/uniformisation.hpp"

#include <algorithm>
#include <cmath>

namespace nines::markov {
namespace {

constexpr long double kLeftOut = 1e-13L;
constexpr long double kNothing = 1e-300L;

double fastest(const Chain& chain, std::span<const double> kill) {
  double fastest = 0;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    double out = kill.empty() ? 0 : kill[s];
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) out += chain.rate[t];
    fastest = std::max(fastest, out);
  }
  return fastest;
}

double most_steps(double jumps) {
  return jumps + 12 * std::sqrt(jumps) + 40;
}

// A step rounds what stays as well as what comes, mostly to the same side.
double error_of(double steps) {
  return 2 * static_cast<double>(kLeftOut) + 3.5e-16 * steps;
}

// P(N = n), P(N > n) and the sum of the latter over what is beyond n, for a Poisson number N; by products from the most
// likely n, as far as they are not nothing.
struct Poisson {
  std::vector<long double> exactly, more, beyond;
  explicit Poisson(double mean) {
    const auto mode = static_cast<std::size_t>(mean);
    exactly.assign(mode + 1, 0.0L);
    exactly[mode] = 1;
    for (std::size_t n = mode; n-- > 0;) exactly[n] = exactly[n + 1] * (static_cast<long double>(n + 1) / mean);
    while (exactly.back() > kNothing)
      exactly.push_back(exactly.back() * (mean / static_cast<long double>(exactly.size())));
    long double total = 0;
    for (const long double p : exactly) total += p;
    more.resize(exactly.size());
    beyond.resize(exactly.size());
    long double tail = 0, tails = 0;
    for (std::size_t n = exactly.size(); n-- > 0;) {
      exactly[n] /= total;
      more[n] = tail;
      beyond[n] = tails;
      tail += exactly[n];
      tails += more[n];
    }
  }
};

struct Step {  // one jump of the uniformised chain, by the state that is entered
  std::vector<std::uint64_t> begin;
  std::vector<StateIndex> from;
  std::vector<double> probability, stay;

  Step(const Chain& chain, std::span<const double> kill, double rate) : begin(chain.size() + 1, 0), stay(chain.size()) {
    for (const StateIndex to : chain.target) ++begin[to + 1];
    for (std::size_t s = 0; s < chain.size(); ++s) begin[s + 1] += begin[s];
    from.resize(chain.transitions());
    probability.resize(chain.transitions());
    auto next = begin;
    for (StateIndex s = 0; s < chain.size(); ++s) {
      long double out = kill.empty() ? 0 : kill[s];
      for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
        const auto at = next[chain.target[t]]++;
        from[at] = s;
        probability[at] = chain.rate[t] / rate;
        out += chain.rate[t];
      }
      // What this difference loses is a part of the rate out of the state that rounds away: no digit of e^-rate t.
      stay[s] = static_cast<double>(std::max(0.0L, (rate - out) / rate));
    }
  }

  void take(const std::vector<double>& before, std::vector<double>& after) const {
    for (std::size_t s = 0; s < stay.size(); ++s) {
      double sum = stay[s] * before[s];
      for (auto i = begin[s]; i < begin[s + 1]; ++i) sum += probability[i] * before[from[i]];
      after[s] = sum;
    }
  }
};

}  // namespace

UniformisationCost uniformisation_cost(const CourseProblem& problem, double time) {
  const double steps = most_steps(fastest(problem.chain, problem.kill) * time);
  return {steps, steps * static_cast<double>(problem.chain.transitions() + problem.chain.size()),
          8 * steps * problem.classes, error_of(steps)};
}

std::vector<Estimates> uniformisation(const CourseProblem& problem, std::span<const double> times) {
  const double rate = fastest(problem.chain, problem.kill);
  std::vector<Estimates> result(times.size(), Estimates(problem.classes));
  struct Sum {
    long double at = 0, mean = 0;
  };
  std::vector<std::vector<Sum>> sums(times.size(), std::vector<Sum>(problem.classes));
  std::vector<Poisson> jumps;
  for (const double time : times) jumps.emplace_back(rate * time);
  const Step step(problem.chain, problem.kill, rate > 0 ? rate : 1.0);
  std::vector<double> now(problem.start.begin(), problem.start.end()), next(now.size());
  std::vector<long double> mass(problem.classes);
  std::vector<char> done(times.size(), 0);
  for (std::size_t n = 0;; ++n) {
    std::fill(mass.begin(), mass.end(), 0.0L);
    for (std::size_t s = 0; s < now.size(); ++s) mass[problem.class_of[s]] += now[s];
    bool all = true;
    for (std::size_t i = 0; i < times.size(); ++i) {
      if (done[i]) continue;
      const Poisson& poisson = jumps[i];
      const long double at = poisson.exactly[n], longer = poisson.more[n];
      bool enough = true;
      for (std::uint32_t c = 0; c < problem.classes; ++c) {
        sums[i][c].at += at * mass[c];
        sums[i][c].mean += longer * mass[c];
        enough = enough && longer <= kLeftOut * sums[i][c].at && poisson.beyond[n] <= kLeftOut * sums[i][c].mean;
      }
      if (n + 1 == poisson.exactly.size() || enough) {
        done[i] = 1;
        const double error = error_of(static_cast<double>(n));
        const long double expected = static_cast<long double>(rate) * times[i];
        for (std::uint32_t c = 0; c < problem.classes; ++c)
          result[i][c] = {static_cast<double>(sums[i][c].at),
                          static_cast<double>(rate > 0 ? sums[i][c].mean / expected : sums[i][c].at), error, error};
      } else {
        all = false;
      }
    }
    if (all) return result;
    step.take(now, next);
    std::swap(now, next);
  }
}

}  // namespace nines::markov
