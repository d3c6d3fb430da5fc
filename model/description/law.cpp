#include "model/description/law.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/description/quantity.hpp"

namespace nines {

Law Law::exponential(double mean_h) {
  return {Kind::exponential, {mean_h}, mean_h};
}

Law Law::never() {
  return {Kind::never, {}, std::numeric_limits<double>::infinity()};
}

Law Law::fixed(double hours) {
  return {Kind::fixed, {hours}, hours};
}

Law Law::uniform(double least_h, double most_h) {
  return {Kind::uniform, {least_h, most_h}, (least_h + most_h) / 2};
}

Law Law::calendar(double every_h, double mean_h) {
  return {Kind::calendar, {every_h, mean_h}, mean_h};
}

Law Law::stretched(double factor) const {
  Law law = *this;
  law.mean_h *= factor;
  switch (kind) {
    case Kind::weibull:
    case Kind::gamma: law.parameters[1] *= factor; break;
    case Kind::lognormal: law.parameters[0] += std::log(factor); break;
    default:
      for (double& time : law.parameters) time *= factor;
  }
  return law;
}

std::string to_string(const Law& law) {
  const auto& p = law.parameters;
  const auto list = [&] {
    std::string text;
    for (const double value : p) text += (text.empty() ? "" : ", ") + duration_text(value);
    return text;
  };
  switch (law.kind) {
    case Law::Kind::exponential: return duration_text(p[0]);
    case Law::Kind::fixed: return fmt::format("{{fixed: {}}}", duration_text(p[0]));
    case Law::Kind::weibull:
      return fmt::format("{{weibull: {{shape: {}, mean: {}}}}}", number_text(p[0]), duration_text(law.mean_h));
    case Law::Kind::lognormal:
      return fmt::format("{{lognormal: {{mean: {}, cv: {:.6g}}}}}", duration_text(law.mean_h),
                         std::sqrt(std::expm1(p[1] * p[1])));
    case Law::Kind::gamma:
      return fmt::format("{{gamma: {{shape: {}, mean: {}}}}}", number_text(p[0]), duration_text(law.mean_h));
    case Law::Kind::uniform: return fmt::format("{{uniform: [{}]}}", list());
    case Law::Kind::triangular: return fmt::format("{{triangular: [{}]}}", list());
    case Law::Kind::empirical: return fmt::format("{{empirical: [{}]}}", list());
    case Law::Kind::calendar: return fmt::format("every {}, by the calendar", duration_text(p[0]));
    case Law::Kind::never: return "never";
  }
  return "";
}

}  // namespace nines
