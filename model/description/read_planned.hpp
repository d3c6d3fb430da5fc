// The keys of a component that are small plans of their own: changes, maintenance, a heartbeat, beta.
#pragma once

#include <optional>
#include <string>

#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Bad releases come at a constant rate and are rolled back.
struct ChangePlan {
  double bad_every_h = 0;  // mean time from the end of one to the next
  Law rollback;
};

struct MaintenancePlan {
  Rounds rounds;
  bool rolling = false;
};

// Each gives nothing when the key is not there, when it never does anything, or when a problem was reported.
[[nodiscard]] std::optional<ChangePlan> read_changes(Reader& reader, const text::Node& component,
                                                     const std::string& what);
[[nodiscard]] std::optional<MaintenancePlan> read_maintenance(Reader& reader, const text::Node& component,
                                                              const std::string& what);
[[nodiscard]] std::optional<Heartbeat> read_heartbeat(Reader& reader, const text::Node& detection,
                                                      const std::string& what);
// 0 when there is none.
[[nodiscard]] double read_beta(Reader& reader, const text::Node& component, const std::string& what,
                               std::uint32_t nodes);

}  // namespace nines
