#include "cli/render/importance.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/render/numbers.hpp"

namespace nines::cli {
namespace {

constexpr std::size_t kMostOnScreen = 20;  // cut sets; files have all
constexpr std::size_t kMostNames = 8;      // of one

Table importance_table(const Answer& answer, int digits) {
  struct Row {
    const std::string* name;
    std::optional<double> birnbaum;
    const Importance* importance;
  };
  std::vector<Row> rows;
  for (const ComponentShare& c : answer.components)
    if (c.importance) rows.push_back({&c.name, c.birnbaum, &*c.importance});
  for (const InfrastructureShare& i : answer.infrastructure)
    if (i.importance) rows.push_back({&i.name, i.birnbaum, &*i.importance});
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.importance->criticality.value_or(0) > b.importance->criticality.value_or(0);
  });
  Table table;
  if (rows.empty()) return table;
  table.header = {"", "Birnbaum", "criticality", "Fussell-Vesely", "RAW", "RRW"};
  const auto text = [&](const std::optional<double>& value) { return value ? significant(*value, digits) : "-"; };
  const bool ever_down = answer.measures.unavailability.value_or(0) > 0;
  for (const Row& row : rows)
    table.rows.push_back(
        {*row.name, text(row.birnbaum), text(row.importance->criticality), text(row.importance->fussell_vesely),
         text(row.importance->raw),
         !row.importance->rrw && row.importance->raw && ever_down ? "infinite" : text(row.importance->rrw)});
  return table;
}

Table cut_sets_table(const MinimalCutSets& cuts) {
  Table table;
  table.left = true;
  for (std::size_t i = 0; i < std::min(kMostOnScreen, cuts.sets.size()); ++i) {
    std::string names;
    const auto& set = cuts.sets[i];
    for (std::size_t n = 0; n < std::min(kMostNames, set.size()); ++n) names += (n ? ", " : "") + set[n];
    if (set.size() > kMostNames) names += fmt::format(" and {} more", set.size() - kMostNames);
    table.rows.push_back({std::move(names)});
  }
  return table;
}

}  // namespace

void add_importance(Document& document, const Answer& answer, int digits) {
  Table table = importance_table(answer, digits);
  if (!table.rows.empty()) {
    document.add(std::string("What matters most, by criticality"));
    document.add(std::move(table));
  }
  if (!answer.cut_sets) return;
  const MinimalCutSets& cuts = *answer.cut_sets;
  if (cuts.sets.empty()) {
    document.add(std::string(cuts.truncated ? "Minimal cut sets: none as small as those that are listed"
                                            : "Minimal cut sets: none; nothing of this takes the system down"));
    return;
  }
  document.add(std::string("Minimal cut sets: what takes the system down if all of it is down"));
  document.add(cut_sets_table(cuts));
  if (cuts.sets.size() > kMostOnScreen)
    document.add(fmt::format("and {}{} more; JSON lists {}", cuts.truncated ? "at least " : "",
                             cuts.sets.size() - kMostOnScreen,
                             cuts.truncated ? "as many as `--cut-sets` says" : "all"));
  else if (cuts.truncated)
    document.add(std::string("and more, which are left out"));
}

}  // namespace nines::cli
