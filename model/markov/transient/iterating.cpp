#include "model/markov/transient/iterating.hpp"

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nines::markov {
namespace {

using Matrix = Eigen::SparseMatrix<double, Eigen::RowMajor, int>;
using Vector = Eigen::VectorXd;

constexpr double kDropped = 1e-3;  // of a row's norm
constexpr int kFill = 5;           // entries kept in each factor over those of the row
constexpr double kPass = 1e-9;     // what a pass makes of a residual
constexpr int kMostPasses = 6, kMostSteps = 60;
constexpr double kFloor = 1e-15;    // where a residual is rounding
constexpr double kWanted = 1e-11;   // a residual that is more is none of a solution
constexpr double kRarest = 1e-290;  // share of a state
constexpr double kSlowest = 1e-12;  // kill over the rate out of the fastest state
constexpr double kRounding = 16 * static_cast<double>(std::numeric_limits<long double>::epsilon());  // of a residual
constexpr std::size_t kBytes = 32 + 24 * 2 * kFill;                                                  // a transition

// The chain that is put back to its start `per_hour`.
Chain restarted(const CourseProblem& problem, double per_hour) {
  const Chain& chain = problem.chain;
  const auto first = static_cast<StateIndex>(
      std::find_if(problem.start.begin(), problem.start.end(), [](double p) { return p > 0; }) - problem.start.begin());
  const bool several = std::count_if(problem.start.begin(), problem.start.end(), [](double p) { return p > 0; }) > 1;
  const auto hub = static_cast<StateIndex>(chain.size());  // on the way back to one of several
  const StateIndex back = several ? hub : first;
  Chain result;
  result.start = back;
  result.row_begin.push_back(0);
  for (StateIndex s = 0; s < chain.size(); ++s) {
    bool added = s == back;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const bool same = chain.target[t] == back;
      result.target.push_back(chain.target[t]);
      result.rate.push_back(chain.rate[t] + (same ? per_hour : 0));
      added = added || same;
    }
    if (!added) {
      result.target.push_back(back);
      result.rate.push_back(per_hour);
    }
    result.row_begin.push_back(result.target.size());
  }
  if (!several) return result;
  for (StateIndex s = 0; s < chain.size(); ++s) {
    if (!(problem.start[s] > 0)) continue;
    result.target.push_back(s);
    result.rate.push_back(problem.start[s] * per_hour);
  }
  result.row_begin.push_back(result.target.size());
  return result;
}

}  // namespace

class Iterating::System {
 public:
  System(const CourseProblem& problem, double horizon_h, std::size_t memory_limit) : chain_(problem.chain) {
    if (kBytes * (chain_.transitions() + 2 * chain_.size()) > memory_limit || !problem.kill.empty()) return;
    const Chain restart = restarted(problem, 1 / horizon_h);
    std::vector<double> reward(restart.size(), 1.0);
    reward[restart.start] = 0;
    SteadyStateOptions options;
    options.wanted_error = 1e-6;
    options.memory_limit = memory_limit;
    auto shares = steady_state(restart, reward, options);
    if (!shares) return;
    share_ = std::move(shares->probability);
    share_.resize(chain_.size());
    if (*std::min_element(share_.begin(), share_.end()) < kRarest) return;
    out_.assign(chain_.size(), 0);
    for (std::size_t s = 0; s < chain_.size(); ++s)
      for (auto t = chain_.row_begin[s]; t < chain_.row_begin[s + 1]; ++t) out_[s] += chain_.rate[t];
    usable_ = true;
  }

  bool factor(double kill) {
    // Beside faster states the kill is lost in the matrix.
    if (!usable_ || kill < kSlowest * *std::max_element(out_.begin(), out_.end())) return false;
    kill_ = kill;
    const auto size = static_cast<Eigen::Index>(chain_.size());
    std::vector<Eigen::Triplet<double, int>> entries;
    entries.reserve(chain_.transitions() + chain_.size());
    for (StateIndex from = 0; from < chain_.size(); ++from) {
      entries.emplace_back(static_cast<int>(from), static_cast<int>(from), 1.0);
      for (auto t = chain_.row_begin[from]; t < chain_.row_begin[from + 1]; ++t) {
        const StateIndex to = chain_.target[t];
        const double rate = chain_.rate[t] * (share_[from] / share_[to]);
        entries.emplace_back(static_cast<int>(to), static_cast<int>(from), -rate / weight(to));
      }
    }
    matrix_ = Matrix(size, size);
    matrix_.setFromTriplets(entries.begin(), entries.end());
    solver_.preconditioner().setDroptol(kDropped);
    solver_.preconditioner().setFillfactor(kFill);
    solver_.setTolerance(kPass);
    solver_.setMaxIterations(kMostSteps);
    solver_.compute(matrix_);
    all_residuals_.assign(chain_.size(), 0);
    return solver_.info() == Eigen::Success;
  }

  bool forward(std::span<const double> source, std::span<double> out) {
    const std::size_t size = chain_.size();
    source_.assign(source.begin(), source.end());
    scaled_.resize(static_cast<Eigen::Index>(size));
    for (std::size_t s = 0; s < size; ++s) at(scaled_, s) = source_[s] / share_[s] / kill_;
    double last = INFINITY;
    for (int pass = 0; pass < kMostPasses; ++pass) {
      const double worst = find_residual();
      const double floor = kFloor * scaled_.cwiseAbs().maxCoeff();
      if (worst <= floor || worst > last / 2) break;
      last = worst;
      const Vector change = solver_.solve(residual_);
      if (!change.allFinite()) return false;
      scaled_ += change;
    }
    const double left = find_residual();
    if (!(left <= kWanted * scaled_.cwiseAbs().maxCoeff())) return false;
    for (std::size_t s = 0; s < size; ++s) {
      // What the residual's own sum may have rounded away, beside what goes in and out.
      all_residuals_[s] += std::abs(at(residual_, s)) + kRounding * std::abs(at(scaled_, s));
      out[s] = at(scaled_, s) * share_[s];
    }
    return true;
  }

  std::vector<double> off() {
    Vector right(static_cast<Eigen::Index>(chain_.size()));
    for (std::size_t s = 0; s < chain_.size(); ++s) at(right, s) = all_residuals_[s];
    const Vector error = solver_.solve(right);
    std::vector<double> result(chain_.size());
    for (std::size_t s = 0; s < chain_.size(); ++s)
      result[s] = error.allFinite() ? std::abs(at(error, s)) * share_[s] : kUnknown;
    return result;
  }

 private:
  static double& at(Vector& vector, std::size_t s) { return vector[static_cast<Eigen::Index>(s)]; }
  static double at(const Vector& vector, std::size_t s) { return vector[static_cast<Eigen::Index>(s)]; }
  [[nodiscard]] double weight(std::size_t s) const { return kill_ + out_[s]; }

  // Into `residual_`, with rows as those of the matrix; the largest modulus.
  double find_residual() {
    const std::size_t size = chain_.size();
    exact_.resize(size);
    for (std::size_t s = 0; s < size; ++s) {
      const long double x = static_cast<long double>(at(scaled_, s)) * share_[s];
      long double out = kill_;
      for (auto t = chain_.row_begin[s]; t < chain_.row_begin[s + 1]; ++t) out += chain_.rate[t];
      exact_[s] = source_[s] - out * x;
    }
    for (std::size_t s = 0; s < size; ++s) {
      const long double x = static_cast<long double>(at(scaled_, s)) * share_[s];
      for (auto t = chain_.row_begin[s]; t < chain_.row_begin[s + 1]; ++t)
        exact_[chain_.target[t]] += chain_.rate[t] * x;
    }
    residual_.resize(static_cast<Eigen::Index>(size));
    double worst = 0;
    for (std::size_t s = 0; s < size; ++s) {
      at(residual_, s) = static_cast<double>(exact_[s] / share_[s] / weight(s));
      worst = std::max(worst, std::abs(at(residual_, s)));
    }
    return worst;
  }

  const Chain& chain_;
  bool usable_ = false;
  double kill_ = 0;
  std::vector<double> share_, out_;  // by state
  Matrix matrix_;                    // of y, rows over their diagonal
  Eigen::BiCGSTAB<Matrix, Eigen::IncompleteLUT<double, int>> solver_;
  std::vector<double> source_, all_residuals_;
  Vector scaled_, residual_;
  std::vector<long double> exact_;
};

Iterating::Iterating(const CourseProblem& problem, double horizon_h, std::size_t memory_limit)
    : system_(std::make_unique<System>(problem, horizon_h, memory_limit)) {}
Iterating::~Iterating() = default;

bool Iterating::factor(double kill) {
  return system_->factor(kill);
}
bool Iterating::forward(std::span<const double> source, std::span<double> out) {
  return system_->forward(source, out);
}
std::vector<double> Iterating::off() {
  return system_->off();
}

}  // namespace nines::markov
