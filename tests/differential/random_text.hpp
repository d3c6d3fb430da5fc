// Small random model files over every section of the model reference that is read: spares, causes, beta, changes,
// assemblies, maintenance, inspection, heartbeats, chains, networks, demand, beside all that random_model() mixes.
#pragma once

#include <cstdint>
#include <string>

namespace nines::test {

struct TextOptions {
  bool calendars = true;  // maintenance, inspection, heartbeats: what the solver approximates
  bool chains = true;     // may never leave a state again
  bool networks = true;   // by dice of their own: without them a seed means the same model but for them
};

// A function of the seed alone. All times are exponential.
[[nodiscard]] std::string random_text(std::uint64_t seed, const TextOptions& options = {});

}  // namespace nines::test
