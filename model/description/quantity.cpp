#include "model/description/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "model/text/nearest.hpp"

namespace nines {
namespace {

struct TimeUnit {
  const char* name;
  double hours;
};

constexpr TimeUnit kTimeUnits[] = {
    {"ms", 1.0 / 3.6e6},
    {"millisecond", 1.0 / 3.6e6},
    {"milliseconds", 1.0 / 3.6e6},
    {"s", 1.0 / 3600},
    {"sec", 1.0 / 3600},
    {"secs", 1.0 / 3600},
    {"second", 1.0 / 3600},
    {"seconds", 1.0 / 3600},
    {"min", 1.0 / 60},
    {"mins", 1.0 / 60},
    {"minute", 1.0 / 60},
    {"minutes", 1.0 / 60},
    {"h", 1},
    {"hr", 1},
    {"hrs", 1},
    {"hour", 1},
    {"hours", 1},
    {"d", 24},
    {"day", 24},
    {"days", 24},
    {"w", 168},
    {"week", 168},
    {"weeks", 168},
    {"month", 730},
    {"months", 730},
    {"year", 8760},
    {"years", 8760},
};
constexpr const char* kUnitsHelp = "units are ms, s, min, h, day, week, month, year";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// In long double, so that `99.99 %` and `0.9999`, `0.3 days` and `7.2 h` are rounded once, to the same double.
struct Split {
  long double number = 0;
  std::string_view rest;  // behind the number, trimmed
};

// The number a text begins with. Hexadecimal, `inf` and `nan` are words, not numbers.
std::optional<Split> split(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
  if (!digits.empty() && digits.front() == '.') digits.remove_prefix(1);
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
  Split result;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.number);
  if (error == std::errc::result_out_of_range) {
    // Too large for a double, or so small that it is none: the sign of the exponent tells.
    const std::string_view written(text.data(), static_cast<std::size_t>(end - text.data()));
    const auto exponent = written.find_first_of("eE");
    const bool tiny = exponent == std::string_view::npos ? digits.front() == '0' || text.front() == '.'
                                                         : written.substr(exponent + 1).starts_with('-');
    result.number = tiny ? 0 : HUGE_VALL;
  } else if (error != std::errc()) {
    return std::nullopt;
  }
  result.rest = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return result;
}

const TimeUnit* find_unit(std::string_view name) {
  for (const TimeUnit& unit : kTimeUnits)
    if (name == unit.name) return &unit;
  return nullptr;
}

tl::unexpected<Misread> misread(const char* code, std::string message, std::string label, std::string help) {
  return tl::unexpected(Misread{code, std::move(message), std::move(label), std::move(help)});
}

std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  return text.size() <= kLongest ? std::string(text) : std::string(text.substr(0, kLongest)) + "...";
}

// Hours of one unit, or what is wrong with its name.
Read<double> unit_hours(std::string_view name, std::string_view number) {
  if (const TimeUnit* unit = find_unit(name)) return unit->hours;
  if (name == "m")
    return misread("duration", "`m` could be minutes or months", "which?",
                   fmt::format("write `{} min` or `{} months`", number, number));
  std::vector<std::string> names;
  for (const TimeUnit& unit : kTimeUnits) names.emplace_back(unit.name);
  const auto near = text::nearest(name, names);
  return misread("duration", fmt::format("there is no unit of time `{}`", shown(name)), "not a unit of time",
                 near ? fmt::format("did you mean `{}`? {}", *near, kUnitsHelp) : kUnitsHelp);
}

}  // namespace

Read<double> read_duration(std::string_view text) {
  const auto parts = split(text);
  if (!parts)
    return misread("duration", fmt::format("`{}` is not a duration", shown(text)), "expected a time such as `4 h`",
                   kUnitsHelp);
  if (parts->number < 0)
    return misread("duration", fmt::format("`{}` is negative", shown(text)), "a time is never negative", "");
  const std::string number = number_text(static_cast<double>(parts->number));
  if (parts->rest.empty())
    return misread("duration", fmt::format("`{}` has no unit", shown(trimmed(text))), "needs a unit of time",
                   fmt::format("write `{0} h`, `{0} min`, ...; {1}", number, kUnitsHelp));
  const auto hours = unit_hours(parts->rest, number);
  if (!hours) return tl::unexpected(hours.error());
  // In units below the hour the quotient is exact where a product with 1/60 is not.
  const auto value = static_cast<double>(*hours >= 1 ? parts->number * *hours : parts->number / std::round(1 / *hours));
  if (!std::isfinite(value) || value > 1e15)
    return misread("duration", fmt::format("`{}` is too long", shown(text)), "more than 1e15 h",
                   "leave out what never happens");
  return value;
}

Read<double> read_period(std::string_view text) {
  const std::string_view word = trimmed(text);
  if (word == "m") return misread("duration", "`m` could be minutes or months", "which?", "write `min` or `month`");
  const bool letters = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return letters ? unit_hours(word, "1") : read_duration(text);
}

Read<double> read_probability(std::string_view text) {
  const auto parts = split(text);
  const bool percent = parts && parts->rest == "%";
  if (!parts || (!parts->rest.empty() && !percent))
    return misread("probability", fmt::format("`{}` is not a probability", shown(text)),
                   "expected a share such as `98 %`", "write `98 %` or `0.98`");
  const auto value = static_cast<double>(percent ? parts->number / 100 : parts->number);
  if (value >= 0 && value <= 1) return value;
  const bool percent_meant = !percent && value > 1 && value <= 100;
  return misread(
      "probability", fmt::format("`{}` is not within 0..1", shown(trimmed(text))), "not within 0..1",
      percent_meant ? fmt::format("did you mean `{} %`?", number_text(value)) : "a probability is from 0 % to 100 %");
}

Read<std::uint32_t> read_count(std::string_view text) {
  const auto parts = split(text);
  if (!parts || !parts->rest.empty() || parts->number != std::floor(parts->number))
    return misread("count", fmt::format("`{}` is not a whole number", shown(text)), "expected a whole number",
                   "write a number such as `3`");
  if (parts->number < 1)
    return misread("count", fmt::format("`{}` is less than 1", shown(text)), "must be at least 1", "");
  if (parts->number > 1e6)
    return misread("count", fmt::format("`{}` is more than a million", shown(text)), "too many", "");
  return static_cast<std::uint32_t>(parts->number);
}

Read<double> read_number(std::string_view text) {
  const auto parts = split(text);
  if (!parts || !parts->rest.empty())
    return misread("number", fmt::format("`{}` is not a number", shown(text)), "expected a number", "");
  if (parts->number < 0 || parts->number > 1e15)
    return misread("number", fmt::format("`{}` is out of range", shown(text)), "must be from 0 to 1e15", "");
  return static_cast<double>(parts->number);
}

Read<double> read_rate(std::string_view text) {
  const auto parts = split(text);
  if (!parts || parts->rest.empty() || parts->rest.front() != '/')
    return misread("rate", fmt::format("`{}` is not an amount per time", shown(text)),
                   "expected something such as `1200 /year`",
                   parts ? fmt::format("write `{0} /year` or `{0} /h`", number_text(static_cast<double>(parts->number)))
                         : "write `1200 /year`");
  if (parts->number < 0 || parts->number > 1e15)
    return misread("rate", fmt::format("`{}` is out of range", shown(text)), "must be from 0 to 1e15", "");
  const auto hours = unit_hours(trimmed(parts->rest.substr(1)), number_text(static_cast<double>(parts->number)));
  if (!hours) return tl::unexpected(hours.error());
  return static_cast<double>(*hours >= 1 ? parts->number / *hours : parts->number * std::round(1 / *hours));
}

std::string number_text(double value) {
  return fmt::format("{}", value == std::floor(value) && std::abs(value) < 1e15 ? value + 0.0 : value);
}

std::string period_text(double hours) {
  for (const char* unit : {"year", "month", "week", "day", "hour"})
    if (hours == find_unit(unit)->hours) return unit;
  constexpr double kMonth = 730;
  if (hours > kMonth && hours < 12 * kMonth && std::fmod(hours, kMonth) == 0)
    return fmt::format("{} months", hours / kMonth);
  return duration_text(hours);
}

std::string share_text(double share) {
  // 0.9999 * 100 need not be 99.99.
  for (int precision = 1; precision <= 17; ++precision) {
    const std::string text = fmt::format("{:.{}g} %", share * 100, precision);
    if (text.find('e') != std::string::npos && share >= 1e-4) continue;  // 100, not 1e+02
    if (const auto back = read_probability(text); back && *back == share) return text;
  }
  return number_text(share * 100) + " %";
}

std::string duration_text(double hours) {
  struct Choice {
    const char* one;
    const char* many;
    double hours;
  };
  static constexpr Choice kChoices[] = {{"year", "years", 8760},  {"day", "days", 24},    {"h", "h", 1},
                                        {"min", "min", 1.0 / 60}, {"s", "s", 1.0 / 3600}, {"ms", "ms", 1.0 / 3.6e6}};
  std::string best;
  for (const Choice& choice : kChoices) {
    const double amount = choice.hours >= 1 ? hours / choice.hours : hours * std::round(1 / choice.hours);
    const std::string text = fmt::format("{} {}", number_text(amount), amount == 1 ? choice.one : choice.many);
    const auto back = read_duration(text);
    const bool exact = back && *back == hours;
    if (exact && amount >= 1 && amount == std::floor(amount) && amount < 1e4) return text;
    if (exact && (best.empty() || text.size() < best.size())) best = text;
  }
  return best.empty() ? fmt::format("{} h", number_text(hours)) : best;
}

}  // namespace nines
