#include "model/answer/answer.hpp"

namespace nines {

const char* to_string(Cause cause) {
  switch (cause) {
    case Cause::bad_release: return "bad release";
    case Cause::shared_cause: return "shared cause";
    case Cause::maintenance: return "maintenance";
    case Cause::failback: return "failback";
    case Cause::by_hand: return "by hand";
    case Cause::automatic_failover: return "automatic failover";
    case Cause::infrastructure: return "infrastructure";
    case Cause::too_few_nodes: return "too few nodes";
  }
  return "";
}

const Interval* interval_at(const AtTime& at, const std::string& measure) {
  for (const auto& [name, interval] : at.intervals)
    if (name == measure) return &interval;
  return nullptr;
}

}  // namespace nines
