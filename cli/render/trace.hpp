// Traces for programs, and the worst outage for people.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/render/document.hpp"
#include "sim/simulate.hpp"

namespace nines::cli {

// `time_h,instance,event,system`: one row of CSV, or one line of JSON.
[[nodiscard]] std::string trace_head();
[[nodiscard]] std::string trace_row(const sim::TraceEvent& event);
[[nodiscard]] std::string trace_line(const sim::TraceEvent& event);

// Listens to a history from its start, and tells of one outage in it: what had failed before, what took the system
// down, what was done, what ended it. Keeps no more than what is down, and the first and last instants of the outage.
class Story {
 public:
  explicit Story(const WorstCase& outage) : outage_(outage) {}

  void hear(const sim::TraceEvent& event);
  // Paragraph and table.
  void tell(Document& document) const;

 private:
  // All that happens at one time.
  struct Instant {
    double time_h = 0;
    std::vector<std::string> events;    // `db[0] fails: crash`
    std::vector<std::string> down, up;  // names
  };
  void add(const sim::TraceEvent& event);

  WorstCase outage_;
  std::map<std::string, sim::TraceEvent> down_before_;  // by instance: what failed and was not back when it began
  std::vector<Instant> first_, last_;                   // of the outage
  std::uint64_t left_out_ = 0;                          // instants
};

}  // namespace nines::cli
