#include "cli/render/over_time.hpp"

#include <cmath>

#include "cli/render/estimates.hpp"
#include "cli/render/numbers.hpp"

namespace nines::cli {
namespace {

using study::Candidate;

// A measure near 1 and what it leaves, whose digits say how near.
struct Pair {
  const std::optional<double>&up, &down;
  const char* name;  // of the latter
};

std::vector<Pair> pairs(const AtTime& at) {
  return {{at.point_availability, at.point_unavailability, "point_unavailability"},
          {at.interval_availability, at.interval_unavailability, "interval_unavailability"},
          {at.reliability, at.unreliability, "unreliability"}};
}

// Estimated: what was never seen has an interval alone.
std::string up_text(const AtTime& at, const Pair& pair, int digits) {
  if (const Interval* interval = interval_at(at, pair.name))
    return estimate_availability(pair.down.value_or(0), interval, digits);
  return pair.up && pair.down ? percent(*pair.up, *pair.down, digits) : "-";
}

std::string down_text(const AtTime& at, const Pair& pair, int digits) {
  if (const Interval* interval = interval_at(at, pair.name)) return estimate(pair.down.value_or(0), interval, digits);
  return pair.down ? significant(*pair.down, digits) : "-";
}

}  // namespace

Table over_time_table(const std::vector<AtWord>& at, const std::vector<Candidate>& candidates, int digits) {
  Table table;
  if (at.empty()) return table;
  table.header = {"until"};
  const bool several = candidates.size() > 1;
  if (several) table.header.emplace_back("design");
  table.header.insert(table.header.end(),
                      {"up then", "up on average", "no outage", "down then", "down on average", "an outage"});
  for (std::size_t i = 0; i < at.size(); ++i)
    for (const Candidate& c : candidates) {
      if (i >= c.answer->at.size()) continue;
      const AtTime& values = c.answer->at[i];
      std::vector<std::string> cells{&c == &candidates.front() ? at[i].text : ""};
      if (several) cells.push_back(c.name);
      for (const Pair& pair : pairs(values)) cells.push_back(up_text(values, pair, digits));
      for (const Pair& pair : pairs(values)) cells.push_back(down_text(values, pair, digits));
      table.rows.push_back(std::move(cells));
    }
  return table;
}

void add_over_time(Document& document, const std::vector<AtWord>& at, const std::vector<Candidate>& candidates,
                   int digits) {
  Table table = over_time_table(at, candidates, digits);
  if (table.rows.empty()) return;
  document.add(std::string("Over time, from time 0 when everything is new"));
  document.add(std::move(table));
}

std::vector<std::string> over_time_headings(const std::vector<AtWord>& at) {
  std::vector<std::string> headings;
  for (const AtWord& word : at)
    for (const char* what : {"down at ", "down until ", "outage until "}) headings.push_back(what + word.text);
  return headings;
}

std::vector<std::string> over_time_cells(const std::vector<AtWord>& at, const Answer& answer, int digits) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const AtTime nothing, &values = i < answer.at.size() ? answer.at[i] : nothing;
    for (const Pair& pair : pairs(values)) cells.push_back(down_text(values, pair, digits));
  }
  return cells;
}

}  // namespace nines::cli
