#include "cli/render/downtime.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

using study::Candidate;

// Digits that the error lets stand; `<` what is all error.
std::string chance(double probability, double error, int digits) {
  if (probability < error) return "below " + significant(error * 100, 1) + " %";
  if (probability >= 0.9995) return "above 99.9 %";
  const int known = error > 0 ? static_cast<int>(std::floor(std::log10(probability / error))) : digits;
  return significant(probability * 100, std::clamp(known, 1, digits)) + " %";
}

const DowntimeTable* find(const Answer& answer, double period_h) {
  const auto found = std::find_if(answer.downtime.begin(), answer.downtime.end(),
                                  [&](const DowntimeTable& t) { return t.period_h == period_h; });
  return found == answer.downtime.end() ? nullptr : &*found;
}

const DowntimeTable::Row* find(const DowntimeTable& table, double minutes) {
  for (const auto& row : table.rows)
    if (row.minutes == minutes) return &row;
  return nullptr;
}

// Null: says nothing.
void add_rows(Table& table, const std::vector<const DowntimeTable*>& columns, int digits) {
  std::set<double> minutes;
  for (const DowntimeTable* of : columns)
    if (of)
      for (const auto& row : of->rows) minutes.insert(row.minutes);
  for (const double amount : minutes) {
    std::vector<std::string> row{amount == 0 ? "none" : duration_text(amount / 60)};
    for (const DowntimeTable* of : columns) {
      const auto* at = of ? find(*of, amount) : nullptr;
      row.push_back(at ? chance(at->probability, of->error_bound, digits) : "-");
    }
    table.rows.push_back(std::move(row));
  }
}

}  // namespace

void add_downtime(Document& document, const std::vector<Candidate>& candidates, int digits) {
  std::set<double> periods;
  for (const Candidate& c : candidates)
    for (const DowntimeTable& t : c.answer->downtime)
      if (t.rows.size() > 1) periods.insert(t.period_h);  // a target alone has its sentence
  if (periods.empty()) return;
  if (candidates.size() == 1) {
    Table table;
    table.header = {"more than"};
    std::vector<const DowntimeTable*> columns;
    for (const double period : periods) {
      table.header.push_back("a " + period_name(period));
      columns.push_back(find(*candidates[0].answer, period));
    }
    add_rows(table, columns, digits);
    document.add(std::string("How likely there is more downtime than that in"));
    document.add(std::move(table));
    return;
  }
  for (const double period : periods) {
    Table table;
    table.header = {"more than"};
    std::vector<const DowntimeTable*> columns;
    for (const Candidate& c : candidates) {
      table.header.push_back(c.name);
      columns.push_back(find(*c.answer, period));
    }
    add_rows(table, columns, digits);
    document.add("How likely a " + period_name(period) + " has more downtime than that");
    document.add(std::move(table));
  }
}

std::string downtime_target_sentence(const Answer& answer, int digits) {
  for (const TargetResult& t : answer.targets) {
    if (t.measure != "breach_probability") continue;
    for (const DowntimeTable& of : answer.downtime)
      for (const auto& row : of.rows)
        if (row.target)
          return fmt::format("Target of at most {} of downtime a {} {}: {} of them hold more, {} may{}.",
                             duration_text(row.minutes / 60), period_name(of.period_h), t.met ? "met" : "missed",
                             chance(row.probability, of.error_bound, digits), share(std::round(t.wanted * 1e12) / 1e12),
                             std::abs(t.got - t.wanted) < of.error_bound ? "; the error of this is as large" : "");
  }
  return "";
}

}  // namespace nines::cli
