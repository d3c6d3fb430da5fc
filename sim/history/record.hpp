// What is kept of one history when it is over, and who writes it down while it is played.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/answer/answer.hpp"
#include "sim/history/blame.hpp"
#include "sim/history/history.hpp"
#include "sim/history/service_meter.hpp"

namespace nines::sim {

// Periods in which downtime is added up, counted from the end of the warm-up.
struct Period {
  double length_h = 0;
  std::uint64_t count = 0;  // whole ones in the counted time
};

// How one history is watched.
struct Watch {
  double from_h = 0, to_h = 0;  // what is counted
  double spread_h = 0;          // later by up to so much, drawn for each history
  std::vector<Period> periods;  // none, or the second is the year
  bool long_run = true;         // ask who is to blame for downtime, and watch the last outage to its end
  static constexpr std::size_t kYear = 1;
};

struct Record {
  std::uint64_t number = 0, events = 0;
  double down_h = 0;
  std::uint64_t failures = 0;
  double first_outage_h = -1;   // from time 0; negative: none was seen
  double down_since_h = -1;     // of the outage that was under way when counting ended; negative: none was
  double from_h = 0, to_h = 0;  // what was counted
  bool over = false;            // before its end nothing could happen any more
  struct OfComponent {
    double down_h = 0;
    std::uint64_t failures = 0;
    std::array<double, kCauses> critical_h{};  // downtime of the system that would not be if it were up, by cause
    double entry_h = 0;                        // the same of an infrastructure entry
  };
  std::vector<OfComponent> watched;  // as Script::watched
  double several_h = 0;
  double planned_h = 0;                         // downtime that would not be if nothing planned were under way
  double unserved_h = 0;                        // the share of the demand that was not served, over time
  std::uint64_t shortfalls = 0;                 // times that less of it was served than before
  std::vector<std::vector<double>> period_min;  // by period: downtime of those that had some
  std::vector<WorstCase> years;                 // those that had some
  std::vector<WorstCase> outages;               // that began in the counted time, to their end
};

class Recorder final : public Witness {
 public:
  Recorder(const Script& script, const Watch& watch);

  // After History::begin(). `later_h` than the watch says.
  void begin(const History& history, double later_h);
  void instant(const History& history, std::span<const process::GroupId> flipped) override;
  // After the history has been played to the end of the counted time: what was seen. An outage that is under way goes
  // on to be watched until end_outage().
  void end_counting(double now);
  // `over`: nothing can happen any more.
  [[nodiscard]] Record take(const History& history, bool over);

 private:
  void blame_until(double now);
  void outage_over(double now);
  void add_to_periods(double from, double to);
  void flush(std::size_t period);
  [[nodiscard]] double counted(double from, double to) const;

  const Script& script_;
  Watch watch_;           // of this history
  double from_h_, to_h_;  // of every history, before it is drawn how much later
  void look_at_service(const History& history);
  void add_unserved(double now);

  Blame blame_;
  std::optional<ServiceMeter> service_;  // where there is a demand
  double unserved_since_ = 0;
  Record record_;
  std::vector<double> down_since_;  // by watched; negative: up
  double system_down_since_ = -1, blamed_until_ = 0;
  bool counting_ = true;
  struct Open {
    std::uint64_t index = 0, outages = 0;
    double down_h = 0;
  };
  std::vector<Open> open_;  // by period: the one under way
};

}  // namespace nines::sim
