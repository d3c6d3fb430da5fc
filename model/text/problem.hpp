// What is wrong with an input, as data. The words that frame it (caret, colours) are made by cli/render alone.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "model/text/source.hpp"

namespace nines::text {

enum class Severity { error, warning };

struct Problem {
  Severity severity = Severity::error;
  std::string code;                // stable and documented: `unknown-key`
  std::string message;             // one line: component `lb` has no key `manual_recovry`
  Place place;                     // the smallest span that is wrong
  std::string label;               // under the caret; may be empty
  std::vector<std::string> notes;  // = note: why it matters
  std::vector<std::string> helps;  // = help: what to write
};

using Problems = std::vector<Problem>;

template <class T>
using Expected = tl::expected<T, Problems>;

}  // namespace nines::text
