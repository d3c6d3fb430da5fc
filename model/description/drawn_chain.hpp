// A Markov chain that somebody drew by hand, or that another tool wrote.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nines {

// Compressed rows, for there may be millions of states. Each row names a target once, in ascending order; rates are per
// hour and positive; no state leads to itself.
struct DrawnChain {
  std::vector<std::string> states;  // names; empty: they have numbers only
  std::vector<char> up;             // by state
  std::uint32_t start = 0;
  std::vector<std::uint64_t> row_begin;  // size() + 1 offsets into target and rate
  std::vector<std::uint32_t> target;
  std::vector<double> rate;
  std::string digest;  // of all but the names: equal for equal chains

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(up.size()); }
  [[nodiscard]] std::span<const double> rates(std::uint32_t state) const {
    return std::span(rate).subspan(row_begin[state], row_begin[state + 1] - row_begin[state]);
  }
  [[nodiscard]] std::span<const std::uint32_t> targets(std::uint32_t state) const {
    return std::span(target).subspan(row_begin[state], row_begin[state + 1] - row_begin[state]);
  }
  [[nodiscard]] double out_rate(std::uint32_t state) const;
  // `on-battery`, or `17` where states have numbers only.
  [[nodiscard]] std::string name_of(std::uint32_t state) const;
  // By state: whether the chain ever comes there from its start.
  [[nodiscard]] std::vector<char> reachable() const;

  friend bool operator==(const DrawnChain& a, const DrawnChain& b) {
    return a.digest == b.digest && a.states == b.states;
  }
};

// Makes the rows of a chain whose `up`, `start` and `states` are set, from transitions in any order: those from a state
// to itself are left out, for they change nothing, and rates between the same two states add up.
void set_transitions(DrawnChain& chain, std::vector<std::uint32_t> from, std::vector<std::uint32_t> to,
                     std::vector<double> rate);

}  // namespace nines
