#include "cli/render/estimates.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/render/numbers.hpp"

namespace nines::cli {
namespace {

// From here on ± would hide how much further the interval reaches to one side than to the other.
constexpr double kWide = 0.3;

double half_width(const Interval& interval) {
  return (interval.second - interval.first) / 2;
}

// Decimals that show two digits of an amount.
int decimals_for(double amount) {
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(amount))), 0, 17);
}

bool has_width(const Interval* interval) {
  return interval && std::isfinite(interval->second) && interval->second > interval->first;
}

std::string fixed(double value, int decimals) {
  return decimals == 0 ? money(value) : fmt::format("{:.{}f}", value, decimals);
}

// 99.997 79: in groups of three.
std::string grouped_decimals(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t point = text.find('.');
  if (point != std::string::npos)
    for (std::size_t at = point + 4; at < text.size(); at += 4) text.insert(at, " ");
  return text;
}

}  // namespace

std::string estimate(double value, const Interval* interval, int digits, double scale) {
  value *= scale;
  if (!has_width(interval)) return significant(value, digits);
  const Interval ends{interval->first * scale, interval->second * scale};
  const double half = half_width(ends);
  if (value == 0) return "below " + significant(ends.second, 2);
  if (half > kWide * std::abs(value))
    return fmt::format("{} ({} .. {})", significant(value, 2), significant(ends.first, 2), significant(ends.second, 2));
  const double magnitude = std::floor(std::log10(std::abs(value)));
  if (magnitude < -4 || magnitude >= 12) {
    const double unit = std::pow(10.0, magnitude);
    const int decimals = decimals_for(half / unit);
    return fmt::format("({:.{}f} ± {:.{}f})e{:+03d}", value / unit, decimals, half / unit, decimals,
                       static_cast<int>(magnitude));
  }
  const int decimals = decimals_for(half);
  return fmt::format("{} ± {}", fixed(value, decimals), fixed(half, decimals));
}

std::string estimate_percent(double value, const Interval* interval, int digits) {
  if (value == 0 && !has_width(interval)) return "0 %";
  return estimate(value, interval, digits, 100) + " %";
}

std::string estimate_span(double hours, const Interval* interval, int digits) {
  const std::string plain = span(hours, digits);
  const std::string unit = plain.substr(plain.find(' ') + 1);
  const double scale = unit == "years"  ? 1.0 / 8760
                       : unit == "days" ? 1.0 / 24
                       : unit == "h"    ? 1
                       : unit == "min"  ? 60
                                        : 3600;
  return estimate(hours, interval, digits, scale) + " " + unit;
}

std::string estimate_availability(double unavailability, const Interval* interval, int digits) {
  if (!has_width(interval)) return percent(1 - unavailability, unavailability, digits);
  const double half = half_width(*interval);
  const auto shown = [&](double down, int decimals) { return grouped_decimals((1 - down) * 100, decimals); };
  if (unavailability == 0)
    return fmt::format("above {} %", shown(interval->second, decimals_for(interval->second * 100)));
  if (half > kWide * unavailability) {
    const int decimals = decimals_for(half * 100);
    return fmt::format("{} ({} .. {}) %", shown(unavailability, decimals), shown(interval->second, decimals),
                       shown(interval->first, decimals));
  }
  const int decimals = decimals_for(half * 100);
  return fmt::format("{} ± {} %", shown(unavailability, decimals), grouped_decimals(half * 100, decimals));
}

std::string roughly(double value) {
  if (!(value > 0) || !std::isfinite(value)) return significant(value, 2);
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return significant(unit >= 1 ? std::round(value / unit) * unit : value, 2);
}

std::string years_text(double years) {
  return years >= 1000 || years == std::round(years) ? money(years) : significant(years, 3);
}

}  // namespace nines::cli
