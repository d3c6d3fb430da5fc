#include "model/markov/downtime/projection.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "model/markov/downtime/side.hpp"
#include "model/markov/transient/resolvent.hpp"

namespace nines::markov {
namespace {

constexpr double kUsual = 14;                             // eliminations a node
constexpr std::size_t kFirst = 8, kMore = 3, kMost = 48;  // shifts
constexpr double kSpent = 1e-13;                          // of a vector: what is left beside those before is rounding
constexpr double kAlike = 3e-12, kUnlike = 1e-9;          // relative: good enough; too far off
constexpr double kAngle = 1.5;                            // of thetas that are looked at
constexpr double kRarest = 1e-280;                        // share of a state

using Complex = std::complex<double>;
using Matrix = Eigen::MatrixXcd;
using Vector = Eigen::VectorXcd;

// Against the columns before `count`, which are. False: it is a sum of these.
bool made_orthonormal(const Matrix& columns, Eigen::Index count, Vector& vector) {
  vector.normalize();
  for (int pass = 0; pass < 2; ++pass)
    vector.noalias() -= columns.leftCols(count) * (columns.leftCols(count).adjoint() * vector).eval();
  const double rest = vector.norm();
  if (!(rest > kSpent)) return false;
  vector /= rest;
  return true;
}

}  // namespace

class Projection::Spans {
 public:
  Spans(const UpDownChain& whole, const ThetaRange& range, Resolvent resolvent)
      : whole_(whole), resolvent_(std::move(resolvent)), ups_(side_of(whole, false)), count_(kFirst) {
    for (StateIndex s = 0; s < whole.down.size(); ++s)
      if (whole.down[s]) downs_.push_back(s);
    scale_.resize(static_cast<Eigen::Index>(downs_.size()));
    for (std::size_t d = 0; d < downs_.size(); ++d)
      scale_(static_cast<Eigen::Index>(d)) = std::sqrt(std::max(whole.long_run[downs_[d]], kRarest));
    // By halves, so that as many as it takes are spread over the range.
    for (std::size_t i = 0; i < std::min(kMost, downs_.size()); ++i) {
      double at = i == 0 ? 1 : 0, place = 0.5;
      for (std::size_t bits = i == 0 ? 0 : i - 1; bits > 0; bits /= 2, place /= 2) at += bits % 2 == 0 ? 0 : place;
      shifts_.push_back(range.least * std::pow(range.most / range.least, at));
    }
    for (const double size : {range.least, std::sqrt(range.least * range.most), range.most})
      checked_.push_back(std::polar(size, kAngle));
    kill_.resize(whole.down.size());
    state_.resize(whole.down.size());
  }
  [[nodiscard]] std::optional<SolveFailure> plan_ups();

  [[nodiscard]] double work() const;
  [[nodiscard]] std::optional<Triangle> at(Complex z);
  [[nodiscard]] double unlike() const { return unlike_; }

 private:
  [[nodiscard]] bool factor(Complex z, Complex theta);
  // The values of the down states, all others 0; and back.
  void put(const Eigen::Ref<const Eigen::VectorXcd>& downs);
  [[nodiscard]] Eigen::VectorXcd got() const;
  [[nodiscard]] bool eliminate_ups(Complex z);
  [[nodiscard]] Complex extend(Complex z, const Eigen::Ref<const Eigen::VectorXcd>& downs,
                               Eigen::Ref<Eigen::VectorXcd> image);
  [[nodiscard]] std::optional<Complex> value_at(Complex z, Complex theta);
  [[nodiscard]] Complex long_run_of_state() const;
  [[nodiscard]] bool add(Complex z, Eigen::Index k);
  [[nodiscard]] std::optional<Triangle> of_first(Eigen::Index k) const;

  const UpDownChain& whole_;
  Resolvent resolvent_;
  SideOfChain ups_;
  std::optional<Resolvent> of_ups_;
  std::vector<StateIndex> downs_;
  Eigen::VectorXcd scale_;        // by down state: the root of its share of the time
  std::vector<double> shifts_;    // thetas of the spans
  std::size_t count_;             // of them that it took so far
  std::vector<Complex> checked_;  // thetas where the small fraction is compared with the large one
  std::size_t nodes_ = 0;         // so far
  double unlike_ = 0;

  std::vector<Complex> kill_, state_;      // by state
  Eigen::MatrixXcd right_, left_, image_;  // by down state, scaled: the spans, and what `right_` leads to
  Eigen::VectorXcd long_run_of_;           // `right_`
};

std::optional<SolveFailure> Projection::Spans::plan_ups() {
  if (ups_.states.empty()) return std::nullopt;
  auto planned = Resolvent::of(ups_.chain, {});
  if (!planned) return planned.error();
  of_ups_ = std::move(*planned);
  return std::nullopt;
}

double Projection::Spans::work() const {
  const Fronts& fronts = resolvent_.fronts();
  return 4 * kUsual * (fronts.multiplications + 4 * static_cast<double>(fronts.entries));
}

bool Projection::Spans::factor(Complex z, Complex theta) {
  for (StateIndex s = 0; s < kill_.size(); ++s) kill_[s] = z + whole_.lost[s] + (whole_.down[s] ? theta : 0.0);
  return resolvent_.factor(kill_);
}

std::optional<Triangle> Projection::Spans::at(Complex z) {
  // All at the first node, which tells how many shifts it takes, then one by one.
  std::vector<Complex> thetas = checked_, values;
  if (nodes_ > 0) thetas = {checked_[nodes_ % checked_.size()]};
  ++nodes_;
  for (const Complex theta : thetas) {
    const auto value = value_at(z, theta);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  if (!eliminate_ups(z)) return std::nullopt;
  const auto n = static_cast<Eigen::Index>(downs_.size()), most = static_cast<Eigen::Index>(shifts_.size());
  right_.resize(n, most), left_.resize(n, most), image_.resize(n, most), long_run_of_.resize(most);
  for (Eigen::Index k = 0;;) {
    while (k < std::min(most, static_cast<Eigen::Index>(count_)) && add(z, k)) ++k;
    if (k == 0) return std::nullopt;
    auto small = of_first(k);
    if (!small) return std::nullopt;
    const auto given = (*small)(thetas);
    double unlike = 0;
    for (std::size_t i = 0; i < thetas.size(); ++i) unlike = std::max(unlike, std::abs(given[i] / values[i] - 1.0));
    const bool no_more = k < static_cast<Eigen::Index>(count_);
    if (unlike <= kAlike || (no_more && unlike <= kUnlike)) {
      unlike_ = std::max(unlike_, unlike);
      return small;
    }
    if (no_more) return std::nullopt;
    count_ += kMore;
  }
}

std::optional<Complex> Projection::Spans::value_at(Complex z, Complex theta) {
  if (!factor(z, theta)) return std::nullopt;
  for (StateIndex s = 0; s < state_.size(); ++s) state_[s] = whole_.down[s] ? 1 : 0;
  resolvent_.backward(state_, state_);
  return long_run_of_state();
}

Complex Projection::Spans::long_run_of_state() const {
  Complex sum = 0;
  for (StateIndex s = 0; s < state_.size(); ++s) sum += whole_.long_run[s] * state_[s];
  return sum;
}

// The k-th column and row. False where they bring nothing.
bool Projection::Spans::add(Complex z, Eigen::Index k) {
  if (!factor(z, shifts_[static_cast<std::size_t>(k)])) return false;
  if (k == 0)
    put(Vector::Ones(right_.rows()));
  else
    put(right_.col(k - 1).cwiseQuotient(scale_));
  resolvent_.backward(state_, state_);
  Vector column = got().cwiseProduct(scale_);
  if (k == 0)
    std::copy(whole_.long_run.begin(), whole_.long_run.end(), state_.begin());
  else
    put(left_.col(k - 1).cwiseProduct(scale_));
  resolvent_.forward(state_, state_);
  Vector row = got().cwiseQuotient(scale_);
  if (!made_orthonormal(right_, k, column) || !made_orthonormal(left_, k, row)) return false;
  right_.col(k) = column;
  left_.col(k) = row;
  long_run_of_(k) = extend(z, column, image_.col(k));
  return true;
}

std::optional<Triangle> Projection::Spans::of_first(Eigen::Index k) const {
  const auto rows = left_.leftCols(k).transpose();
  const Eigen::PartialPivLU<Matrix> both(rows * right_.leftCols(k));
  const Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> matrix =
      both.solve(rows * image_.leftCols(k));
  const Vector ones = both.solve(rows * scale_);
  const auto size = static_cast<std::size_t>(k);
  return Triangle::of({matrix.data(), matrix.data() + k * k}, {long_run_of_.data(), size}, {ones.data(), size});
}

bool Projection::Spans::eliminate_ups(Complex z) {
  if (!of_ups_) return true;
  std::vector<Complex> kill(ups_.states.size());
  for (std::size_t i = 0; i < kill.size(); ++i) kill[i] = z + ups_.leaving[i] + ups_.lost[i];
  return of_ups_->factor(kill);
}

// A column over the down states as one over all that z - Q makes 0 of over the up states: into `image` what it makes of
// it over the down states. Gives what the long run is of it.
Complex Projection::Spans::extend(Complex z, const Eigen::Ref<const Vector>& downs, Eigen::Ref<Vector> image) {
  const Chain& chain = whole_.chain;
  put(downs.cwiseQuotient(scale_));
  if (of_ups_) {
    std::vector<Complex> ups(ups_.states.size(), 0);
    for (std::size_t i = 0; i < ups.size(); ++i)
      for (auto t = chain.row_begin[ups_.states[i]]; t < chain.row_begin[ups_.states[i] + 1]; ++t)
        if (whole_.down[chain.target[t]]) ups[i] += chain.rate[t] * state_[chain.target[t]];
    of_ups_->backward(ups, ups);
    for (std::size_t i = 0; i < ups.size(); ++i) state_[ups_.states[i]] = ups[i];
  }
  for (std::size_t d = 0; d < downs_.size(); ++d) {
    const StateIndex s = downs_[d];
    Complex sum = (z + whole_.lost[s]) * state_[s];
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
      sum += chain.rate[t] * (state_[s] - state_[chain.target[t]]);
    image(static_cast<Eigen::Index>(d)) = sum * scale_(static_cast<Eigen::Index>(d));
  }
  return long_run_of_state();
}

void Projection::Spans::put(const Eigen::Ref<const Eigen::VectorXcd>& downs) {
  std::fill(state_.begin(), state_.end(), 0);
  for (std::size_t d = 0; d < downs_.size(); ++d) state_[downs_[d]] = downs(static_cast<Eigen::Index>(d));
}

Eigen::VectorXcd Projection::Spans::got() const {
  Vector downs(static_cast<Eigen::Index>(downs_.size()));
  for (std::size_t d = 0; d < downs_.size(); ++d) downs(static_cast<Eigen::Index>(d)) = state_[downs_[d]];
  return downs;
}

Projection::Projection(std::unique_ptr<Spans> spans) : spans_(std::move(spans)) {}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

tl::expected<Projection, SolveFailure> Projection::of(const UpDownChain& whole, const ThetaRange& range) {
  auto resolvent = Resolvent::of(whole.chain, {});
  if (!resolvent) return tl::unexpected(resolvent.error());
  auto spans = std::make_unique<Spans>(whole, range, std::move(*resolvent));
  if (auto failure = spans->plan_ups()) return tl::unexpected(std::move(*failure));
  return Projection(std::move(spans));
}

double Projection::work() const {
  return spans_->work();
}
std::optional<Triangle> Projection::operator()(std::complex<double> z) {
  return spans_->at(z);
}
double Projection::unlike() const {
  return spans_->unlike();
}

}  // namespace nines::markov
