// Words that explanations of several things have in common.
#pragma once

#include <string>

#include "model/description/model.hpp"

namespace nines::cli {

// Hours as the file may say them where that is short; what follows from other numbers in three digits.
[[nodiscard]] std::string duration_words(double hours);
// `4 h on average`, `{fixed: 4 h}`, `never`
[[nodiscard]] std::string time_words(const Law& law);
// The name in backquotes.
[[nodiscard]] std::string quoted(const std::string& name);
// What a copy is called in its assembly: `db` of `service[0].db`; any other name as it is.
[[nodiscard]] std::string local_name(const std::string& name);
// Of the copies of one entry of the file the first speaks for all; what is no copy for itself.
[[nodiscard]] bool speaks(const Model& model, ComponentId id);
// The name in the file of what a hold stands for: `api` of a bad release, `surge` of a shared cause.
[[nodiscard]] std::string held_by(const Component& hold);

}  // namespace nines::cli
