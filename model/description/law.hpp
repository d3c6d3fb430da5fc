// Probability laws of times. All parameters are in hours.
#pragma once

#include <string>
#include <vector>

namespace nines {

// A law of a positive time, checked when read: parameters are finite and the mean is positive.
//
//   kind         parameters
//   exponential  mean
//   fixed        value
//   weibull      shape, scale
//   lognormal    mu, sigma           of the natural logarithm of the time in hours
//   gamma        shape, scale        (an Erlang law is a gamma law of whole shape)
//   uniform      least, most
//   triangular   least, likeliest, most
//   empirical    one of these values, equally likely
//   calendar     every, mean         ends at the next whole multiple of `every` from time 0; the mean is what an
//                                    exponential in its place is given
//   never        (none): does not end; its mean is infinite
struct Law {
  enum class Kind { exponential, fixed, weibull, lognormal, gamma, uniform, triangular, empirical, calendar, never };

  Kind kind = Kind::exponential;
  std::vector<double> parameters;
  double mean_h = 0;

  [[nodiscard]] bool is_exponential() const { return kind == Kind::exponential; }
  [[nodiscard]] bool is_never() const { return kind == Kind::never; }

  static Law exponential(double mean_h);
  static Law fixed(double hours);
  static Law uniform(double least_h, double most_h);
  static Law calendar(double every_h, double mean_h);
  static Law never();

  // The law of a time `factor` times as long.
  [[nodiscard]] Law stretched(double factor) const;

  friend bool operator==(const Law&, const Law&) = default;
};

// How a law is spread about its mean: the second and third cumulant in units of its powers, so the square of the
// coefficient of variation, and the skewness times its cube. Of an exponential 1 and 2. Infinite where they are out of
// the range of numbers.
struct Spread {
  double second = 0, third = 0;
};
// Of a law that ends and keeps no calendar.
[[nodiscard]] Spread spread_of(const Law& law);
// The probability that it lasts longer than `hours`, and that it does not: each with all its digits however small. A
// calendar counts as the exponential in its place.
[[nodiscard]] double survival(const Law& law, double hours);
[[nodiscard]] double ended_by(const Law& law, double hours);
// Hours at which these jump or bend: of values and of laws made of straight lines.
[[nodiscard]] std::vector<double> bends_of(const Law& law);

// As written in a model file: `4 h`, `{weibull: {shape: 1.5, scale: 90 days}}`.
[[nodiscard]] std::string to_string(const Law& law);

}  // namespace nines
