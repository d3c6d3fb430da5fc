// Small chains in place of laws that are not exponential: acyclic phase-type laws, in the canonical form of Cumani
// (Microelectronics and Reliability 22(3), 1982), stage after stage with a way out of each.
#pragma once

#include <cstdint>
#include <vector>

#include "model/description/law.hpp"

namespace nines::markov {

// Times are in units of the mean.
struct PhaseType {
  std::vector<double> rate;     // by stage: at which it is left
  std::vector<double> goes_on;  // by stage: the probability that the next one follows; of the last 0
  std::uint32_t moments = 1;    // so many of the law's are met
  bool exact = false;           // it is the law

  [[nodiscard]] std::uint32_t order() const { return static_cast<std::uint32_t>(rate.size()); }
};

// What the solver takes in place of laws: see phase_type_of.
struct Fitting {
  std::uint32_t most_stages = 1;  // of one law
  bool whole_erlangs = false;     // an Erlang law has all of its stages, up to kMostWhole, whatever `most_stages` says
  enum class Kind : std::uint8_t { by_moments, by_distribution };
  Kind kind = Kind::by_moments;

  static constexpr std::uint32_t kMostWhole = 64;
};

// Exact for Erlang laws of so many stages. Else by moments: three are met if `most_stages` are enough for that, or two,
// or the mean by an Erlang law, which is what has the least spread; by as few stages as do. Or by its distribution, see
// erlang_mixture. No moments are met, by one stage, where those of the law are out of the range of numbers.
[[nodiscard]] PhaseType phase_type_of(const Law& law, const Fitting& fitting);

// So many equal stages in a row.
[[nodiscard]] PhaseType erlang(std::uint32_t stages);
// Equal stages of which as many are passed as the distribution says, and one or two more for its tail, by two moments.
// With more and more stages that comes as close to the law as one likes (Schassberger, Warteschlangen, 1973; Tijms, A
// First Course in Stochastic Models, 2003, section 5.5), by about 1 / stages.
[[nodiscard]] PhaseType erlang_mixture(const Law& law, std::uint32_t stages);

}  // namespace nines::markov
