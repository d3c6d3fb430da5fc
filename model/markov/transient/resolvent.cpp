#include "model/markov/transient/resolvent.hpp"

#include <utility>

#include "model/markov/transient/dense_block.hpp"

namespace nines::markov {
namespace {

// What a front leaves on its border, until its parent takes it.
template <class Scalar>
struct Left {
  std::uint32_t front;
  std::vector<Scalar> rate;  // rows x (rows + 1)
};

template <class Scalar>
Scalar product_sum(const Scalar* a, const Scalar* b, std::size_t count) {
  if constexpr (std::is_same_v<Scalar, double>) {
    double sum[4] = {0, 0, 0, 0};
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4)
      for (std::size_t lane = 0; lane < 4; ++lane) sum[lane] += a[i + lane] * b[i + lane];
    for (; i < count; ++i) sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
  } else {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < count; ++i) {
      re += a[i].real() * b[i].real() - a[i].imag() * b[i].imag();
      im += a[i].real() * b[i].imag() + a[i].imag() * b[i].real();
    }
    return {re, im};
  }
}

template <class Scalar>
void add_multiple(Scalar* into, Scalar factor, const Scalar* row, std::size_t count) {
  if constexpr (std::is_same_v<Scalar, double>) {
    for (std::size_t i = 0; i < count; ++i) into[i] += factor * row[i];
  } else {
    const double a = factor.real(), b = factor.imag();
    for (std::size_t i = 0; i < count; ++i)
      into[i] += Scalar(a * row[i].real() - b * row[i].imag(), a * row[i].imag() + b * row[i].real());
  }
}

}  // namespace

template <class Scalar>
tl::expected<BasicResolvent<Scalar>, SolveFailure> BasicResolvent<Scalar>::of(const Chain& chain,
                                                                              const EliminationLimits& limits) {
  auto fronts = plan_fronts(chain, limits);
  if (!fronts) return tl::unexpected(fronts.error());
  return BasicResolvent(std::make_shared<const Fronts>(std::move(*fronts)));
}

template <class Scalar>
BasicResolvent<Scalar>::BasicResolvent(std::shared_ptr<const Fronts> fronts)
    : fronts_(std::move(fronts)), out_(fronts_->states()) {
  panel_begin_.push_back(0);
  for (std::size_t f = 0; f < fronts_->size(); ++f) {
    const std::uint64_t pivots = fronts_->begin[f + 1] - fronts_->begin[f];
    panel_begin_.push_back(panel_begin_.back() + pivots * (pivots + fronts_->border_of(f).size()));
  }
  rate_.resize(panel_begin_.back());
  share_.resize(panel_begin_.back());
}

template <class Scalar>
bool BasicResolvent<Scalar>::factor(Scalar kill) {
  return factor(std::vector<Scalar>(states(), kill));
}

template <class Scalar>
bool BasicResolvent<Scalar>::factor(std::span<const Scalar> kill) {
  const Fronts& fronts = *fronts_;
  DenseBlock<Scalar> block;
  std::vector<Left<Scalar>> stack;  // fronts come in postorder: a front's children are the last
  std::vector<std::vector<Scalar>> spare;
  for (std::uint32_t f = 0; f < fronts.size(); ++f) {
    const std::uint32_t begin = fronts.begin[f];
    const std::size_t pivots = fronts.begin[f + 1] - begin, border = fronts.border_of(f).size(), rows = pivots + border;
    block.clear(rows);
    for (std::size_t k = 0; k < pivots; ++k) block.add(k, rows, kill[fronts.order[begin + k]]);
    for (auto r = fronts.rate_begin[f]; r < fronts.rate_begin[f + 1]; ++r)
      block.add(fronts.rate[r].row, fronts.rate[r].column, fronts.rate[r].value);
    while (!stack.empty() && fronts.parent[stack.back().front] == f) {
      const auto child = stack.back().front;
      const std::uint32_t* to = fronts.in_parent.data() + fronts.border_begin[child];
      const std::size_t count = fronts.border_of(child).size();
      const Scalar* rate = stack.back().rate.data();
      for (std::size_t i = 0; i < count; ++i, rate += count + 1) {
        for (std::size_t j = 0; j < count; ++j) block.add(to[i], to[j], rate[j]);
        block.add(to[i], rows, rate[count]);
      }
      spare.push_back(std::move(stack.back().rate));
      stack.pop_back();
    }
    if (!block.eliminate(pivots, out_.data() + begin)) return false;
    Scalar *rate = rate_.data() + panel_begin_[f], *share = share_.data() + panel_begin_[f];
    for (std::size_t k = 0; k < pivots; ++k, rate += rows, share += rows)
      for (std::size_t j = k + 1; j < rows; ++j) {
        rate[j] = block.get(k, j);
        share[j] = block.get(j, k);
      }
    if (border == 0) continue;
    Left<Scalar> left{f, {}};
    if (!spare.empty()) {
      left.rate = std::move(spare.back());
      spare.pop_back();
    }
    left.rate.resize(border * (border + 1));
    for (std::size_t i = 0; i < border; ++i)
      for (std::size_t j = 0; j <= border; ++j)
        left.rate[i * (border + 1) + j] = i == j ? Scalar(0) : block.get(pivots + i, pivots + j);
    stack.push_back(std::move(left));
  }
  return true;
}

// On the way out each state, when it goes, hands what it has to those that go later, by `given`; on the way back it
// takes from them, by `taken`. What it has is divided by d_k on one of the two ways.
template <class Scalar>
void BasicResolvent<Scalar>::pass(std::span<const Scalar> in, std::span<Scalar> out, const std::vector<Scalar>& given,
                                  const std::vector<Scalar>& taken, Divide divide) const {
  const Fronts& fronts = *fronts_;
  std::vector<Scalar> x(states()), local(fronts.largest);
  for (std::size_t p = 0; p < x.size(); ++p) x[p] = in[fronts.order[p]];
  for (std::size_t f = 0; f < fronts.size(); ++f) {
    const std::uint32_t begin = fronts.begin[f];
    const std::size_t pivots = fronts.begin[f + 1] - begin;
    const auto border = fronts.border_of(f);
    const std::size_t rows = pivots + border.size();
    std::copy_n(x.data() + begin, pivots, local.begin());
    std::fill_n(local.begin() + static_cast<std::ptrdiff_t>(pivots), border.size(), Scalar(0));
    const Scalar* row = given.data() + panel_begin_[f];
    for (std::size_t k = 0; k < pivots; ++k, row += rows) {
      const Scalar has = divide == Divide::on_the_way_out ? local[k] / out_[begin + k] : local[k];
      x[begin + k] = has;
      if (has != Scalar(0)) add_multiple(local.data() + k + 1, has, row + k + 1, rows - k - 1);
    }
    for (std::size_t j = 0; j < border.size(); ++j) x[border[j]] += local[pivots + j];
  }
  for (std::size_t f = fronts.size(); f-- > 0;) {
    const std::uint32_t begin = fronts.begin[f];
    const std::size_t pivots = fronts.begin[f + 1] - begin;
    const auto border = fronts.border_of(f);
    const std::size_t rows = pivots + border.size();
    for (std::size_t j = 0; j < border.size(); ++j) local[pivots + j] = x[border[j]];
    for (std::size_t k = pivots; k-- > 0;) {
      const Scalar* row = taken.data() + panel_begin_[f] + k * rows;
      const Scalar has = x[begin + k] + product_sum(local.data() + k + 1, row + k + 1, rows - k - 1);
      x[begin + k] = local[k] = divide == Divide::on_the_way_out ? has : has / out_[begin + k];
    }
  }
  for (std::size_t p = 0; p < x.size(); ++p) out[fronts.order[p]] = x[p];
}

// x (diag(kill) - Q) = s: x_k = (s_k + sum over later i of x_i rate_ik) / d_k, with what earlier states handed to s_k
// in the ratio of their rates.
template <class Scalar>
void BasicResolvent<Scalar>::forward(std::span<const Scalar> source, std::span<Scalar> out) const {
  pass(source, out, rate_, share_, Divide::on_the_way_out);
}

// (diag(kill) - Q) x = b: x_k = (b_k + sum over later j of rate_kj x_j) / d_k, with the shares that states had in b.
template <class Scalar>
void BasicResolvent<Scalar>::backward(std::span<const Scalar> reward, std::span<Scalar> out) const {
  pass(reward, out, share_, rate_, Divide::on_the_way_back);
}

template class BasicResolvent<double>;
template class BasicResolvent<std::complex<double>>;

}  // namespace nines::markov
