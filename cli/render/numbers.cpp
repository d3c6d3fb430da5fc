#include "cli/render/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

std::string grouped(std::string digits) {
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > (digits[0] == '-' ? 1 : 0); i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return digits;
}

}  // namespace

std::string percent(double availability, double unavailability, int digits) {
  if (unavailability == 0) return "100 %";
  if (availability < 0.01) return significant(availability * 100, digits) + " %";
  const int leading = static_cast<int>(std::floor(-std::log10(unavailability)));  // nines in front
  int decimals = std::max(3, leading + digits - 2);
  decimals = (decimals + 2) / 3 * 3;
  if (decimals > 12) return "1 - " + significant(unavailability, digits);
  std::string text = fmt::format("{:.{}f}", availability * 100, decimals);
  for (std::size_t at = text.find('.') + 4; at < text.size(); at += 4) text.insert(at, " ");
  return text + " %";
}

std::string significant(double value, int digits) {
  if (value == 0) return "0";
  const double magnitude = std::floor(std::log10(std::abs(value)));
  if (magnitude < -4) return fmt::format("{:.{}e}", value, std::max(0, digits - 1));
  if (magnitude >= 15) return fmt::format("{:.{}e}", value, std::max(0, digits - 1));
  const int decimals = std::clamp(digits - 1 - static_cast<int>(magnitude), 0, 12);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  return decimals == 0 ? grouped(std::move(text)) : text;
}

std::string money(double value) {
  return grouped(fmt::format("{:.0f}", value));
}

std::string signed_money(double difference) {
  return (difference < 0 ? "-" : "+") + money(std::abs(difference));
}

std::string relative(double before, double after) {
  if (before == 0) return after == 0 ? "" : "from 0";
  const double change = (after - before) / before * 100;
  if (std::abs(change) < 0.05) return "";
  if (change > 1000) return fmt::format("x {}", significant(after / before, 3));
  return fmt::format("{}{} %", change < 0 ? "-" : "+", significant(std::abs(change), std::abs(change) < 10 ? 2 : 3));
}

std::string share(double value) {
  return share_text(value);
}

std::string span(double hours, int digits) {
  struct Unit {
    double hours;
    const char* name;
  };
  static constexpr Unit kUnits[] = {{8760, "years"}, {24, "days"}, {1, "h"}, {1.0 / 60, "min"}, {1.0 / 3600, "s"}};
  for (const Unit& unit : kUnits)
    if (hours >= 2 * unit.hours) return fmt::format("{} {}", significant(hours / unit.hours, digits), unit.name);
  return fmt::format("{} s", significant(hours * 3600, digits));
}

std::string period_name(double hours) {
  for (const auto& [length, name] :
       {std::pair{1.0, "hour"}, {24.0, "day"}, {168.0, "week"}, {730.0, "month"}, {8760.0, "year"}})
    if (hours == length) return name;
  return "period of " + duration_text(hours);
}

}  // namespace nines::cli
