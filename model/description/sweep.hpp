// `--sweep PATH=RANGE`: the values a path takes, one after the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/description/model_file.hpp"

namespace nines {

struct SweepValue {
  Override change;
  std::string text;      // canonical: `2 h`, `90 %`, `5`
  double number = 0;     // hours, share 0..1 or count: what the CSV column holds
  bool is_text = false;  // a list of words (`none,leader,all`): number does not apply
};

struct Sweep {
  std::string path;
  std::string column;  // CSV: the path, with `_h` for durations
  std::vector<SweepValue> values;
};

// Range forms: `1h..8h:8` points, `1h..8h:1h` step, `1min..1day:9log`, `3..9` whole numbers, `90%,95%,99%` a list.
// Errors point into the option. At most 100 000 values.
[[nodiscard]] text::Expected<Sweep> parse_sweep(text::Sources& sources, std::string_view text);

}  // namespace nines
