#include "model/markov/downtime/remaining.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace nines::markov {

Remaining::Remaining(const UpDownChain& whole)
    : whole_(whole),
      ups_(side_of(whole, false)),
      downs_(side_of(whole, true)),
      kill_(ups_.states.size()),
      row_(ups_.states.size()) {}

tl::expected<Remaining, SolveFailure> Remaining::of(const UpDownChain& whole) {
  Remaining result(whole);
  if (result.ups_.states.empty()) return result;
  auto resolvent = Resolvent::of(result.ups_.chain, {});
  if (!resolvent) return tl::unexpected(resolvent.error());
  result.resolvent_ = std::move(*resolvent);
  return result;
}

double Remaining::work() const {
  const std::size_t n = downs_.states.size();
  double work = Triangle::work(n);
  if (!resolvent_) return work;
  const Fronts& fronts = resolvent_->fronts();
  return work + 4 * fronts.multiplications + 4.0 * static_cast<double>(fronts.entries) * static_cast<double>(n);
}

template <class Put>
void Remaining::into_down(const Put& put) const {
  const Chain& chain = whole_.chain;
  for (std::size_t i = 0; i < row_.size(); ++i) {
    const StateIndex s = ups_.states[i];
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t)
      if (whole_.down[chain.target[t]]) put(downs_.number[chain.target[t]], row_[i] * chain.rate[t]);
  }
}

std::optional<Triangle> Remaining::operator()(Complex z) {
  const Chain& chain = whole_.chain;
  const std::size_t n = downs_.states.size();
  for (std::size_t i = 0; i < kill_.size(); ++i) kill_[i] = z + ups_.leaving[i] + ups_.lost[i];
  if (resolvent_ && !resolvent_->factor(kill_)) return std::nullopt;
  std::vector<Complex> matrix(n * n, 0), left(n, 0);
  const std::vector<Complex> right(n, 1);
  if (resolvent_) {
    for (std::size_t i = 0; i < row_.size(); ++i) row_[i] = whole_.long_run[ups_.states[i]];
    resolvent_->forward(row_, row_);
    into_down([&](StateIndex to, Complex x) { left[to] += x; });
  }
  for (std::size_t d = 0; d < n; ++d) {
    const StateIndex s = downs_.states[d];
    left[d] += whole_.long_run[s];
    std::fill(row_.begin(), row_.end(), 0);
    bool leaves = false;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const StateIndex to = chain.target[t];
      matrix[d * n + d] += chain.rate[t];
      if (whole_.down[to]) {
        matrix[d * n + downs_.number[to]] -= chain.rate[t];
      } else {
        row_[ups_.number[to]] += chain.rate[t];
        leaves = true;
      }
    }
    matrix[d * n + d] += z + downs_.lost[d];
    if (!leaves) continue;
    resolvent_->forward(row_, row_);
    into_down([&](StateIndex to, Complex x) { matrix[d * n + to] -= x; });
  }
  return Triangle::of(std::move(matrix), left, right);
}

}  // namespace nines::markov
