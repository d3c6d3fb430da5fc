#include "cli/render/trace.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/render/csv.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

constexpr std::size_t kFirst = 12, kLast = 3;

const char* system_word(const sim::TraceEvent& event) {
  return event.system_up ? "up" : "down";
}

bool fails(const sim::TraceEvent& event) {
  return event.event.starts_with("fails");
}

}  // namespace

std::string trace_head() {
  return "time_h,instance,event,system\r\n";
}

std::string trace_row(const sim::TraceEvent& event) {
  return fmt::format("{},{},{},{}\r\n", number_text(event.time_h), csv_cell(event.instance), csv_cell(event.event),
                     system_word(event));
}

std::string trace_line(const sim::TraceEvent& event) {
  const nlohmann::ordered_json line = {
      {"time_h", event.time_h}, {"instance", event.instance}, {"event", event.event}, {"system", system_word(event)}};
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void Story::hear(const sim::TraceEvent& event) {
  const double end = outage_.start_h + outage_.length_h;
  // What begins the outage has its very time; the end may differ in the last digit.
  if (event.time_h < outage_.start_h) {
    if (fails(event))
      down_before_.insert_or_assign(event.instance, event);
    else if (event.event.starts_with("is restored"))
      down_before_.erase(event.instance);
    return;
  }
  if (event.time_h > end * (1 + 1e-12)) return;
  if (first_.size() < kFirst) {
    first_.push_back(event);
    return;
  }
  last_.push_back(event);
  if (last_.size() > kLast) {
    last_.erase(last_.begin());
    ++left_out_;
  }
}

void Story::tell(Document& document) const {
  document.add(fmt::format("The worst outage seen: {}, in year {} of history {}", span(outage_.length_h),
                           static_cast<std::uint64_t>(outage_.start_h / kHoursPerYear) + 1, outage_.history));
  Table table;
  table.left = true;
  table.header = {"when", "what", "what happens"};
  std::vector<const sim::TraceEvent*> before;
  for (const auto& [instance, event] : down_before_) before.push_back(&event);
  std::stable_sort(before.begin(), before.end(),
                   [](const sim::TraceEvent* a, const sim::TraceEvent* b) { return a->time_h < b->time_h; });
  for (const sim::TraceEvent* event : before)
    table.rows.push_back(
        {span(outage_.start_h - event->time_h) + " before", event->instance, event->event + ", and is not back"});
  const auto tell = [&](const sim::TraceEvent& event) {
    const double after = event.time_h - outage_.start_h;
    const bool ends = event.system_up && after >= outage_.length_h * (1 - 1e-9);
    const std::string when = ends         ? "it ends, after " + span(outage_.length_h)
                             : after <= 0 ? "it begins"
                                          : "after " + span(after);
    table.rows.push_back({when, event.instance, event.event});
  };
  for (const sim::TraceEvent& event : first_) tell(event);
  if (left_out_ > 0) table.rows.push_back({"...", "", fmt::format("{} more events", left_out_)});
  for (const sim::TraceEvent& event : last_) tell(event);
  document.add(std::move(table));
}

}  // namespace nines::cli
