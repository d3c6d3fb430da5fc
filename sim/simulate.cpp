#include "sim/simulate.hpp"

namespace nines::sim {

tl::expected<std::vector<Answer>, SimulateRefusal> simulate(std::span<const Model* const>, const SimulateOptions&,
                                                            const SimulateHooks&) {
  return tl::unexpected(SimulateRefusal{"no-history", "nothing is played yet", {}, {}});
}

void trace(const Model&, const SimulateOptions&, std::uint64_t, double, double,
           const std::function<void(const TraceEvent&)>&) {}

Plan plan(std::span<const Model* const>, const SimulateOptions&) {
  return {};
}

}  // namespace nines::sim
