// Sweeps for one sum alone. In a large dependability chain most states are so rare that a sum over the rewarded ones
// has all its digits long before they have any: a sweep carries mass outward by one step only, and what is not reached
// yet, or hardly, need not be swept. The certificate is over all states all the same.
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/markov/chain/aggregation.hpp"
#include "model/markov/chain/extrapolation.hpp"
#include "model/markov/chain/sweeps.hpp"
#include "model/markov/chain/swept.hpp"

namespace nines::markov {
namespace {

using Result = tl::expected<SteadyState, SolveFailure>;

constexpr double kFarLikelier = 100;     // than the reference: a better one
constexpr int kSweepsPerLevel = 4;       // as for sweeps of all states
constexpr int kSweepsPerLook = 8;        // at the sum and at the edge of what is swept
constexpr int kRefinementsPerLook = 20;  // a certificate costs as much as some sweeps
constexpr int kMostRefinements = 400;    // of one witness
constexpr double kSettled = 1e-13;       // relative change of the sum between two looks
constexpr double kAtTheEdge = 1e-16;     // of the sum: less than that at the edge is nothing
constexpr int kMostSweeps = 4000;        // before the sum has to have settled
constexpr double kMostSteps = 1e10;      // transitions, of all sweeps
constexpr int kRounds = 3;               // each with more sweeps than the one before
constexpr int kMoreSweeps = 60;

// The positions that are swept: the nearest to the start, farther out whenever there is mass at the edge.
class Window {
 public:
  Window(const Sweeps& sweeps, std::span<const double> reward) {
    const auto order = sweeps.order();
    reward_.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      reward_[i] = reward[order[i]];
      rewarded_ = rewarded_ || reward_[i] > 0;
    }
    from_ = order.size() > kFirst ? order.size() - kFirst : 0;
  }

  [[nodiscard]] std::size_t from() const { return from_; }
  void open() { from_ = 0; }

  // Looks at an iterate, and grows if need be. Whether the sum has settled: twice, for a change may be small by chance.
  bool settled(const std::vector<double>& y) {
    double sum = 0, total = 0, edge = 0;
    for (std::size_t i = from_; i < y.size(); ++i) {
      sum += reward_[i] * y[i];
      total += y[i];
    }
    const std::size_t size = y.size() - from_;
    for (std::size_t i = from_; i < from_ + size / 16 + 1; ++i) edge += y[i];
    const double ratio = sum / total, change = std::abs(ratio - ratio_);
    ratio_ = ratio;
    if (from_ > 0 && !(edge <= kAtTheEdge * sum && sum > 0)) {
      const std::size_t more = std::max<std::size_t>(256, size / 4);
      from_ = from_ > more ? from_ - more : 0;
      calm_ = 0;
      return false;
    }
    calm_ = change <= kSettled * ratio && (ratio > 0 || !rewarded_) ? calm_ + 1 : 0;
    return calm_ > 1;
  }

 private:
  static constexpr std::size_t kFirst = 4096;
  std::vector<double> reward_;  // by position
  std::size_t from_ = 0;
  double ratio_ = -1;
  int calm_ = 0;
  bool rewarded_ = false;
};

class SumSolver {
 public:
  SumSolver(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
            const SteadyStateOptions& options)
      : chain_(chain),
        reward_(reward),
        options_(options),
        sweeps_(chain, order),
        aggregation_(sweeps_),
        window_(sweeps_, reward),
        y_(sweeps_.begin()) {
    best_.method = "Gauss-Seidel";
    best_.error_bound = std::numeric_limits<double>::infinity();
  }

  // The state to start from instead, when the start turns out to be a rare one.
  [[nodiscard]] std::optional<StateIndex> better_start() const {
    const auto likeliest = std::max_element(y_.begin(), y_.end());
    if (!(*likeliest > kFarLikelier * y_.back())) return std::nullopt;
    return sweeps_.order()[static_cast<std::size_t>(likeliest - y_.begin())];
  }

  void sweep_until_settled() {
    for (int done = 0; done < kMostSweeps && in_budget(); ++done) {
      sweep(done);
      if (done % kSweepsPerLook == kSweepsPerLook - 1 && window_.settled(y_)) return;
    }
  }

  SteadyState run() {
    for (int round = 0; round < kRounds && best_.error_bound > options_.wanted_error && in_budget(); ++round) {
      if (round > 0) {
        window_.open();
        for (int done = 0; done < kMoreSweeps * round; ++done) sweep(done);
      }
      const double before = best_.error_bound;
      auto p = sweeps_.by_state(y_);
      const double bound = prove(p);
      if (bound < best_.error_bound) {
        best_.error_bound = bound;
        best_.probability = std::move(p);
      }
      if (round > 0 && !(bound < 0.5 * before)) break;
    }
    return std::move(best_);
  }

 private:
  [[nodiscard]] bool in_budget() const { return steps_ < kMostSteps; }

  void sweep(int number) {
    if (number % kSweepsPerLevel == 0) aggregation_.rescale(y_);
    const auto swept = static_cast<double>(y_.size() - window_.from()) / static_cast<double>(y_.size());
    steps_ += swept * static_cast<double>(chain_.transitions() + 1);
    (void)sweeps_.improve(y_, window_.from());
    if (window_.from() == 0) extrapolation_.look(y_);
  }

  // Improves the witness as long as that improves the bound.
  double prove(const std::vector<double>& p) {
    const auto coarse = aggregation_.coarse(y_);
    double bound = std::numeric_limits<double>::infinity();
    if (!rough_.time.empty()) bound = certify(chain_, p, reward_, sweeps_.witness(rough_));
    for (int done = 0; done < kMostRefinements && bound > options_.wanted_error && in_budget(); ++done) {
      (void)sweeps_.refine(rough_, reward_);
      steps_ += 2 * static_cast<double>(chain_.transitions() + 1);
      if (done % kSweepsPerLevel == 0) coarse.correct(rough_, reward_);
      if (done % kRefinementsPerLook != kRefinementsPerLook - 1) continue;
      const double next = certify(chain_, p, reward_, sweeps_.witness(rough_));
      const bool stuck = std::isfinite(next) && next > 0.8 * bound;
      bound = std::min(bound, next);
      if (stuck) break;
    }
    return bound;
  }

  const Chain& chain_;
  std::span<const double> reward_;
  const SteadyStateOptions& options_;
  Sweeps sweeps_;
  Aggregation aggregation_;
  Window window_;
  Extrapolation extrapolation_;
  std::vector<double> y_;
  Sweeps::Rough rough_;
  SteadyState best_;
  double steps_ = 0;
};

}  // namespace

Result swept_sum(const Chain& chain, std::span<const StateIndex> order, std::span<const double> reward,
                 const SteadyStateOptions& options) {
  const std::size_t needed = Sweeps::bytes(chain) + Extrapolation::bytes(chain.size()) + chain.size() * 80;
  if (needed > options.memory_limit) return tl::unexpected(no_memory(needed, options.memory_limit));
  std::vector<StateIndex> other;
  {
    SumSolver solver(chain, order, reward, options);
    solver.sweep_until_settled();
    const auto start = solver.better_start();
    if (!start) return solver.run();
    other = backward_order(chain, *start);
  }
  SumSolver solver(chain, other, reward, options);
  solver.sweep_until_settled();
  return solver.run();
}

}  // namespace nines::markov
