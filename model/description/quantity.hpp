// Quantities as people write them: `30 min`, `98 %`, `1200 /year`. Independent of locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace nines {

// What is wrong with a text, in the parts of a Problem; who reads it knows the place.
struct Misread {
  std::string code;     // `duration`, `probability`, `count`, `number`, `rate`
  std::string message;  // `4` has no unit
  std::string label;
  std::string help;
};

template <class T>
using Read = tl::expected<T, Misread>;

inline constexpr double kHoursPerYear = 8760;

// Hours. Zero is read; whether it makes sense is the caller's to say.
[[nodiscard]] Read<double> read_duration(std::string_view text);
// Hours of a period: a duration, or a lone unit (`month`) for one of it.
[[nodiscard]] Read<double> read_period(std::string_view text);
// 0..1, from `0.98` or `98 %`.
[[nodiscard]] Read<double> read_probability(std::string_view text);
// A whole number from 1 to one million.
[[nodiscard]] Read<std::uint32_t> read_count(std::string_view text);
// A finite number that is not negative.
[[nodiscard]] Read<double> read_number(std::string_view text);
// Money or events per hour, from `1200 /year`.
[[nodiscard]] Read<double> read_rate(std::string_view text);

// `2 h`, `90 days`, `1.5 min`: in the largest unit that keeps the number short, and exact when read back.
[[nodiscard]] std::string duration_text(double hours);
// `month`, `30 days`: as read_period takes it.
[[nodiscard]] std::string period_text(double hours);
// `99.99 %`: the shortest that reads back to the same double.
[[nodiscard]] std::string share_text(double share);
// The shortest text that reads back to the same double.
[[nodiscard]] std::string number_text(double value);

}  // namespace nines
