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

// `fails`, `fails: crash`, `fails, and waits for a crew`, but not `fails over`.
bool fails(const std::string& event) {
  return event == "fails" || event.starts_with("fails:") || event.starts_with("fails,");
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
  if (event.time_h < outage_.start_h) {
    if (fails(event.event))
      down_before_.insert_or_assign(event.instance, event);
    else if (event.event.starts_with("is restored"))
      down_before_.erase(event.instance);
    return;
  }
  // What begins the outage has its very time; the end is a sum, and may differ in the last digit.
  if (event.time_h <= (outage_.start_h + outage_.length_h) * (1 + 1e-12)) add(event);
}

void Story::add(const sim::TraceEvent& event) {
  std::vector<Instant>& to = first_.size() < kFirst || last_.empty() ? first_ : last_;
  Instant* instant = to.empty() || to.back().time_h != event.time_h ? nullptr : &to.back();
  if (!instant) {
    std::vector<Instant>& longer = first_.size() < kFirst ? first_ : last_;
    longer.push_back({event.time_h, {}, {}, {}});
    if (last_.size() > kLast) {
      last_.erase(last_.begin());
      ++left_out_;
    }
    instant = &longer.back();
  }
  if (event.event == "is down")
    instant->down.push_back(event.instance);
  else if (event.event == "is up")
    instant->up.push_back(event.instance);
  else
    instant->events.push_back(event.instance + " " + event.event);
}

void Story::tell(Document& document) const {
  std::string words = fmt::format("The worst outage seen: {}, in year {} of history {}.", span(outage_.length_h),
                                  static_cast<std::uint64_t>(outage_.start_h / kHoursPerYear) + 1, outage_.history);
  const auto& end = last_.empty() ? first_ : last_;
  if (!end.empty() && !first_.front().events.empty() && !end.back().events.empty())
    words += fmt::format("\nWhat began it: {}. What ended it: {}.", first_.front().events.front(),
                         end.back().events.front());
  document.add(std::move(words));
  Table table;
  table.left = true;
  table.header = {"when", "what happens"};
  std::vector<const sim::TraceEvent*> before;
  for (const auto& [instance, event] : down_before_) before.push_back(&event);
  std::stable_sort(before.begin(), before.end(),
                   [](const sim::TraceEvent* a, const sim::TraceEvent* b) { return a->time_h < b->time_h; });
  for (const sim::TraceEvent* event : before)
    table.rows.push_back({span(outage_.start_h - event->time_h) + " before",
                          fmt::format("{} {}; it is not back when the outage begins", event->instance, event->event)});
  const auto tell_of = [&](const Instant& instant) {
    const double after = instant.time_h - outage_.start_h;
    std::string what = fmt::format("{}", fmt::join(instant.events, "; "));
    const auto list = [&](const char* word, const std::vector<std::string>& names) {
      if (!names.empty()) what += fmt::format("{}{}: {}", what.empty() ? "" : "; ", word, fmt::join(names, ", "));
    };
    list("down", instant.down);
    list("up", instant.up);
    const bool ends = std::find(instant.up.begin(), instant.up.end(), "system") != instant.up.end();
    table.rows.push_back({(ends         ? "it ends, after "
                           : after <= 0 ? "it begins"
                                        : "after ") +
                              (after <= 0 ? "" : span(after)),
                          std::move(what)});
  };
  for (const Instant& instant : first_) tell_of(instant);
  if (left_out_ > 0) table.rows.push_back({"...", fmt::format("{} more instants", left_out_)});
  for (const Instant& instant : last_) tell_of(instant);
  document.add(std::move(table));
}

}  // namespace nines::cli
