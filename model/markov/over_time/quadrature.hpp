// Integrals over time of functions that change within seconds and over years.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace nines::markov {

// By time, by function: values that are not negative. Why there are none, in words.
using Values = tl::expected<std::vector<std::vector<double>>, std::string>;
using ValuesAt = std::function<Values(std::span<const double> times)>;

struct QuadratureOptions {
  double wanted_error = 1e-10;      // relative, of every integral
  double noise = 0;                 // relative error of the values: what is below it is not chased
  std::size_t most_values = 60000;  // times asked for in all
};

struct Integrals {
  std::vector<std::vector<double>> until;  // by time, by function: the integral over [0, time]
  double error_bound = 0;                  // relative, estimated: of the worst of these, `noise` included
};

// Gauss-Kronrod rules of 7 and 15 points (Kronrod 1965; QUADPACK, Piessens et al. 1983, whose estimate of the error is
// used) on panels that grow by a factor from `shortest_h` on, halved where that is not enough. The values of all panels
// are asked for together, so that whoever gives them can share work. `bends` (hours): where a function jumps or bends,
// panels end. `times` above 0, in any order.
[[nodiscard]] tl::expected<Integrals, std::string> integrate(std::span<const double> times, double shortest_h,
                                                             std::span<const double> bends, const ValuesAt& values_at,
                                                             const QuadratureOptions& options = {});

// Of one function that falls, over [0, infinity): panels are added until what they bring is nothing beside the rest.
// Where that is not so by `longest_h`, says so: the integral is infinite, or too long.
struct Tail {
  double value = 0;
  double error_bound = 0;  // relative
};
[[nodiscard]] tl::expected<Tail, std::string> integrate_to_infinity(double shortest_h, double longest_h,
                                                                    std::span<const double> bends,
                                                                    const ValuesAt& values_at,
                                                                    const QuadratureOptions& options = {});

}  // namespace nines::markov
