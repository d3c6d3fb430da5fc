// What a simulation has decided, and what it leaves open. Takes answers.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "model/answer/answer.hpp"
#include "model/study/comparison.hpp"

namespace nines::study {

// The 95 % interval of a measure, if the answer has one.
[[nodiscard]] const Interval* interval_of(const Answer& answer, const std::string& measure);

// A simulation that never saw the system down: its estimates are 0, and say nothing; its intervals do.
[[nodiscard]] bool nothing_seen(const Answer& answer);
// Takes away the measures of such an answer that would read as never down, and the targets met by them.
void leave_out_what_was_not_seen(Answer& answer);

enum class Decision { met, missed, undecided };
// Of a simulated answer: undecided where the interval holds the limit. Of a solved one: as it says.
[[nodiscard]] Decision decide(const Answer& answer, const TargetResult& target);
// Of all targets of an answer: one that is missed decides. Nothing when it has none.
[[nodiscard]] std::optional<Decision> decide(const Answer& answer);
// Of all targets of a model: one that the engine has no answer to leaves open what is not missed already.
[[nodiscard]] std::optional<Decision> decide(const Model& model, const Answer& answer);

// Unavailability of `b` less that of `a`, with a 95 % interval: the one of common random numbers where one of them is
// the design that the other was compared with; else at most as wide as independent estimates would give.
struct Apart {
  double unavailability = 0;
  Interval interval;
  [[nodiscard]] bool decided() const { return interval.first > 0 || interval.second < 0; }
};
[[nodiscard]] Apart apart(const Candidate& a, const Candidate& b);

}  // namespace nines::study
