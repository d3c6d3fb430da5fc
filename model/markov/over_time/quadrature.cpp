#include "model/markov/over_time/quadrature.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace nines::markov {
namespace {

// Of QUADPACK's qk15: the points above 0, and at 0; every other one is Gauss's.
constexpr std::size_t kHalf = 8, kPoints = 15;
constexpr std::array<double, kHalf> kAt = {0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                                           0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                                           0.586087235467691130294144691693013, 0.405845151377397166906606412076961,
                                           0.207784955007898467600689403773245, 0.0};
constexpr std::array<double, kHalf> kKronrod = {
    0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
    0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
    0.204432940075298892414161999234649, 0.209482141084727828012999174891714};
constexpr std::array<double, 4> kGauss = {0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
                                          0.381830050505118944950369775488975, 0.417959183673469387755102040816327};

constexpr double kGrowth = 3;
constexpr int kRounds = 30;
// A panel may err by so much of what is wanted of the whole: few panels of many come near it.
constexpr double kShare = 1.0 / 8;

struct Panel {
  double from = 0, to = 0;
  bool known = false;
  std::vector<double> integral, error;  // by function
};

double point(const Panel& panel, std::size_t i) {
  const double middle = (panel.from + panel.to) / 2, half = (panel.to - panel.from) / 2;
  return i < kHalf ? middle - half * kAt[i] : middle + half * kAt[kPoints - 1 - i];
}

// `values`: of the panel's points, in order.
void weigh(Panel& panel, std::span<const std::vector<double>> values) {
  const double half = (panel.to - panel.from) / 2;
  const std::size_t functions = values[0].size();
  panel.integral.assign(functions, 0);
  panel.error.assign(functions, 0);
  panel.known = true;
  for (std::size_t f = 0; f < functions; ++f) {
    long double kronrod = 0, gauss = 0;
    for (std::size_t i = 0; i < kPoints; ++i) {
      const std::size_t k = i < kHalf ? i : kPoints - 1 - i;
      kronrod += static_cast<long double>(kKronrod[k]) * values[i][f];
      if (k % 2 == 1) gauss += static_cast<long double>(kGauss[k / 2]) * values[i][f];
    }
    long double scatter = 0;
    for (std::size_t i = 0; i < kPoints; ++i)
      scatter += static_cast<long double>(kKronrod[i < kHalf ? i : kPoints - 1 - i]) *
                 std::abs(values[i][f] - static_cast<double>(kronrod / 2));
    const auto apart = static_cast<double>(std::abs(kronrod - gauss)), most = static_cast<double>(scatter);
    panel.integral[f] = static_cast<double>(kronrod) * half;
    panel.error[f] = most > 0 ? half * most * std::min(1.0, std::pow(200 * apart / most, 1.5)) : half * apart;
  }
}

// Values for all panels that have none, in one question.
tl::expected<void, std::string> ask(std::vector<Panel>& panels, const ValuesAt& values_at, std::size_t& asked) {
  std::vector<double> times;
  for (const Panel& panel : panels)
    if (!panel.known)
      for (std::size_t i = 0; i < kPoints; ++i) times.push_back(point(panel, i));
  if (times.empty()) return {};
  asked += times.size();
  const auto values = values_at(times);
  if (!values) return tl::unexpected(values.error());
  std::size_t next = 0;
  for (Panel& panel : panels) {
    if (panel.known) continue;
    weigh(panel, std::span(*values).subspan(next, kPoints));
    next += kPoints;
  }
  return {};
}

void halve(std::vector<Panel>& panels, const std::vector<char>& which) {
  std::vector<Panel> finer;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const double middle = (panels[i].from + panels[i].to) / 2;
    if (!which[i] || middle <= panels[i].from || middle >= panels[i].to) {
      finer.push_back(std::move(panels[i]));
      continue;
    }
    finer.push_back({panels[i].from, middle, false, {}, {}});
    finer.push_back({middle, panels[i].to, false, {}, {}});
  }
  panels = std::move(finer);
}

// Panels from `from` to `to`, both there, with borders in between where they are due.
std::vector<Panel> panels_between(double from, double to, double shortest_h, std::span<const double> more) {
  std::vector<double> borders{from, to};
  for (double border = shortest_h; border < to; border *= kGrowth)
    if (border > from) borders.push_back(border);
  for (const double border : more)
    if (border > from && border < to) borders.push_back(border);
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  std::vector<Panel> panels;
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) panels.push_back({borders[i], borders[i + 1], false, {}, {}});
  return panels;
}

struct Sums {
  std::vector<long double> integral, error;  // by function
};

Sums nothing_of(std::size_t functions) {
  return {std::vector<long double>(functions, 0), std::vector<long double>(functions, 0)};
}

void add(Sums& sums, const Panel& panel) {
  for (std::size_t f = 0; f < sums.integral.size(); ++f) {
    sums.integral[f] += panel.integral[f];
    sums.error[f] += panel.error[f];
  }
}

// By time of `sorted`: sums over the panels that end by then.
std::vector<Sums> sums_until(const std::vector<Panel>& panels, std::span<const double> sorted) {
  std::vector<Sums> result;
  Sums sums = nothing_of(panels.front().integral.size());
  std::size_t next = 0;
  for (const double time : sorted) {
    while (next < panels.size() && panels[next].to <= time) add(sums, panels[next++]);
    result.push_back(sums);
  }
  return result;
}

}  // namespace

tl::expected<Integrals, std::string> integrate(std::span<const double> times, double shortest_h,
                                               std::span<const double> bends, const ValuesAt& values_at,
                                               const QuadratureOptions& options) {
  Integrals result;
  if (times.empty()) return result;
  std::vector<double> sorted(times.begin(), times.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> borders(bends.begin(), bends.end());
  borders.insert(borders.end(), sorted.begin(), sorted.end());
  std::vector<Panel> panels = panels_between(0, sorted.back(), std::min(shortest_h, sorted.front() / 2), borders);
  std::size_t asked = 0;
  for (int round = 0; round < kRounds; ++round) {
    if (auto done = ask(panels, values_at, asked); !done) return tl::unexpected(done.error());
    const auto sums = sums_until(panels, sorted);
    std::vector<char> coarse(panels.size(), 0);
    std::size_t count = 0, part = 0;
    for (std::size_t i = 0; i < panels.size(); ++i) {
      while (panels[i].to > sorted[part]) ++part;
      for (std::size_t f = 0; f < panels[i].integral.size(); ++f)
        if (panels[i].error[f] > kShare * options.wanted_error * static_cast<double>(sums[part].integral[f]) &&
            panels[i].error[f] > options.noise * panels[i].integral[f])
          coarse[i] = 1;
      count += static_cast<std::size_t>(coarse[i]);
    }
    if (count == 0 || asked + 2 * kPoints * count > options.most_values) break;
    halve(panels, coarse);
  }
  const auto sums = sums_until(panels, sorted);
  for (const double time : times) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), time) - sorted.begin();
    const Sums& sum = sums[static_cast<std::size_t>(place)];
    result.until.emplace_back(sum.integral.begin(), sum.integral.end());
    for (std::size_t f = 0; f < sum.integral.size(); ++f)
      if (sum.integral[f] > 0)
        result.error_bound = std::max(result.error_bound, static_cast<double>(sum.error[f] / sum.integral[f]));
  }
  result.error_bound += options.noise;
  return result;
}

tl::expected<Tail, std::string> integrate_to_infinity(double shortest_h, double longest_h,
                                                      std::span<const double> bends, const ValuesAt& values_at,
                                                      const QuadratureOptions& options) {
  // How far it reaches, by the values alone: to where another panel brings less than a part of what is wanted.
  double seen = 0, border = shortest_h;
  for (;; border *= kGrowth) {
    if (border > longest_h) return tl::unexpected(fmt::format("it is beyond {:.0e} h, or infinite", longest_h));
    const double at[] = {border};
    const auto values = values_at(at);
    if (!values) return tl::unexpected(values.error());
    const double value = (*values)[0][0];
    if (seen > 0 && value * border <= 0.1 * options.wanted_error * seen) break;
    if (value == 0) break;
    seen = std::max(seen, value * border);
  }
  if (seen == 0) return Tail{0, 0};
  const double end[] = {border};
  const auto integrals = integrate(end, shortest_h, bends, values_at, options);
  if (!integrals) return tl::unexpected(integrals.error());
  return Tail{integrals->until[0][0], integrals->error_bound + options.wanted_error};
}

}  // namespace nines::markov
