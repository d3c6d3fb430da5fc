#include "model/markov/phase_type/phase_type.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace nines::markov {

PhaseType erlang(std::uint32_t stages) {
  PhaseType fit;
  fit.rate.assign(stages, stages);
  fit.goes_on.assign(stages, 1);
  fit.goes_on.back() = 0;
  return fit;
}

namespace {

// A time is the sum of `stages` - 1 equal stages and one exponential stage, one of the two parts being left out with
// some probability. Bobbio, Horvath and Telek (Matching three moments with minimal acyclic phase type distributions,
// Stochastic Models 21, 2005) show that these two structures reach all that so many stages can. They give closed forms,
// case by case; here the one unknown that is left when mean and variance are met is searched for.
enum class Rare { exponential, erlang };

struct Structure {
  Rare rare = Rare::exponential;  // the part that may be left out
  std::uint32_t stages = 2;
};

// With `always` the mean of the part that is there in any case.
struct Shape {
  double always = 0;
  double length = 0;       // mean of the other part, where it is there,
  double probability = 0;  // with this probability
  double third = 0;        // cumulant of the whole
};

// Mean 1 and the given variance; nothing where that takes a probability out of range.
std::optional<Shape> shape_with(const Structure& structure, double always, double variance) {
  const double equal = structure.stages - 1.0;
  const bool erlang_always = structure.rare == Rare::exponential;
  const double in_always = erlang_always ? equal : 1, in_other = erlang_always ? 1 : equal;  // stages
  const double second = 1 + 1 / in_other, third = second * (1 + 2 / in_other);  // moments of the other, of mean 1
  const double mean = 1 - always;                                               // of the other, absent or not
  if (!(mean > 0)) return std::nullopt;
  Shape shape{always, (variance - always * always / in_always + mean * mean) / (second * mean), 0, 0};
  shape.probability = mean / shape.length;
  if (!(shape.length > 0) || shape.probability > 1) return std::nullopt;
  shape.third = 2 * always * always * always / (in_always * in_always) + third * mean * shape.length * shape.length -
                3 * second * mean * mean * shape.length + 2 * mean * mean * mean;
  return shape;
}

// Values that the mean of what is always there may have: ever closer to 0 and to 1, for rare long times.
std::vector<double> grid() {
  std::vector<double> values;
  constexpr int kTail = 200, kMiddle = 1000;
  constexpr double kEdge = 1e-3, kLeast = 1e-13;
  const double factor = std::pow(kEdge / kLeast, 1.0 / kTail);
  double near = kLeast;
  for (int i = 0; i < kTail; ++i, near *= factor) values.push_back(near);
  for (int i = 0; i <= kMiddle; ++i) values.push_back(kEdge + (1 - 2 * kEdge) * i / kMiddle);
  near = kEdge;
  for (int i = 0; i < kTail; ++i) values.push_back(1 - (near /= factor));
  return values;
}

struct Found {
  Shape shape;
  bool third_met = false;
};

// The shape whose third cumulant is the wanted one, or else is nearest to it.
std::optional<Found> search(const Structure& structure, const Spread& wanted) {
  static const std::vector<double> values = grid();
  std::optional<Shape> before, nearest;
  const auto off = [&](const Shape& shape) { return std::abs(shape.third - wanted.third); };
  for (const double value : values) {
    const auto shape = shape_with(structure, value, wanted.second);
    if (shape && before && (shape->third < wanted.third) != (before->third < wanted.third)) {
      Shape low = *before, high = *shape;
      while (true) {
        const double middle = low.always + (high.always - low.always) / 2;
        if (!(low.always < middle && middle < high.always)) break;
        const auto between = shape_with(structure, middle, wanted.second);
        if (!between) break;
        ((between->third < wanted.third) == (low.third < wanted.third) ? low : high) = *between;
      }
      return Found{off(low) < off(high) ? low : high, true};
    }
    if (shape && (!nearest || off(*shape) < off(*nearest))) nearest = shape;
    before = shape;
  }
  if (!nearest) return std::nullopt;
  return Found{*nearest, false};
}

PhaseType build(const Structure& structure, const Found& found) {
  const std::uint32_t equal = structure.stages - 1;
  const auto& [always, length, probability, third] = found.shape;
  const bool erlang_always = structure.rare == Rare::exponential;
  PhaseType fit = erlang(structure.stages);
  std::fill(fit.rate.begin(), fit.rate.end(), equal / (erlang_always ? always : length));
  (erlang_always ? fit.rate.back() : fit.rate.front()) = 1 / (erlang_always ? length : always);
  fit.goes_on[erlang_always ? equal - 1 : 0] = probability;
  fit.moments = found.third_met ? 3 : 2;
  return fit;
}

// Of these stages, all of them.
std::optional<PhaseType> two_or_three_moments(std::uint32_t stages, const Spread& wanted) {
  std::optional<Found> best;
  Structure of_best;
  for (const Rare rare : {Rare::erlang, Rare::exponential}) {
    const Structure structure{rare, stages};
    const auto found = search(structure, wanted);
    if (!found) continue;
    const auto off = [&](const Found& f) { return f.third_met ? -1 : std::abs(f.shape.third - wanted.third); };
    if (best && off(*best) <= off(*found)) continue;
    best = found;
    of_best = structure;
  }
  if (!best) return std::nullopt;
  return build(of_best, *best);
}

// By as few stages as will do.
PhaseType least_of(const Spread& wanted, std::uint32_t most) {
  std::optional<PhaseType> fit;
  for (std::uint32_t stages = 2; stages <= most; ++stages) {
    if (wanted.second * stages <= 1) continue;
    auto next = two_or_three_moments(stages, wanted);
    if (!next || (fit && next->moments < 3)) continue;
    fit = std::move(next);
    if (fit->moments == 3) break;
  }
  return fit ? *fit : erlang(most);
}

}  // namespace

PhaseType phase_type_of(const Law& law, const Fitting& fitting) {
  const Spread wanted = spread_of(law);
  const std::uint32_t most = fitting.most_stages;
  if (law.kind == Law::Kind::gamma && law.parameters[0] == std::floor(law.parameters[0])) {
    const double stages = law.parameters[0];
    if (stages <= most || (fitting.whole_erlangs && stages <= Fitting::kMostWhole)) {
      PhaseType fit = erlang(static_cast<std::uint32_t>(stages));
      fit.moments = 3;
      fit.exact = true;
      return fit;
    }
  }
  if (!std::isfinite(wanted.second)) {
    PhaseType none = erlang(1);
    none.moments = 0;
    return none;
  }
  return fitting.kind == Fitting::Kind::by_moments ? least_of(wanted, most) : erlang_mixture(law, most);
}

}  // namespace nines::markov
