// Numbers as people read them.
#pragma once

#include <string>

namespace nines::cli {

// How many significant digits of the unavailability a table shows.
inline constexpr int kDigits = 3;

// `99.998 960 %`: as many decimals, in groups of three, as show `digits` digits of the unavailability; beyond what a
// percentage can show, `1 - 1.7e-20`.
[[nodiscard]] std::string percent(double availability, double unavailability, int digits = kDigits);
// `5.47`, `0.000123`, `1.71e-20`: `digits` significant ones, plain where that is short.
[[nodiscard]] std::string significant(double value, int digits = kDigits);
// `31,200`
[[nodiscard]] std::string money(double value);
// `+9,000`, `-42 %`
[[nodiscard]] std::string signed_money(double difference);
[[nodiscard]] std::string relative(double before, double after);
// A share such as a target, exactly as long as it is: `99.99 %`.
[[nodiscard]] std::string share(double value);
// Hours in the unit that suits them: `1.9 min`, `163 days`.
[[nodiscard]] std::string span(double hours, int digits = kDigits);

// A length of time as it stands after `a`: `month`, `year`, `period of 36 h`.
[[nodiscard]] std::string period_name(double hours);

}  // namespace nines::cli
