// How much of a demand is served: random amounts from nothing to all of it, joined where they are independent. All is
// sums of products of what is not negative, and what is missing is kept beside what is served, so that a share of 1e-12
// that is not served keeps its digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/description/expression.hpp"

namespace nines::structure {

// An amount with its probability.
struct Chance {
  double amount = 0;
  double probability = 0;
};

// A random amount: ascending, each amount once.
using Amounts = std::vector<Chance>;

// Amounts of one demand. Nobody serves more than that, and sums that differ by their rounding are one.
class Scale {
 public:
  explicit Scale(double demand) : demand_(demand) {}
  [[nodiscard]] double demand() const { return demand_; }
  [[nodiscard]] double clip(double amount) const;
  // Equal for amounts that differ by no more than roundings do.
  [[nodiscard]] std::uint64_t key(double amount) const;

 private:
  double demand_;
};

// What joining may cost: products of probabilities, and different amounts kept at a time.
struct AmountBudget {
  std::uint64_t products = 100'000'000;
  std::size_t amounts = 2'000'000;
};

class AmountJoiner {
 public:
  AmountJoiner(const Scale& scale, AmountBudget& budget) : scale_(scale), budget_(budget) {}

  // The least of independent amounts: what a chain of all of them serves.
  [[nodiscard]] Amounts least(const Amounts& a, const Amounts& b) const;
  // The sum of independent amounts, at most the demand.
  [[nodiscard]] Amounts sum(const Amounts& a, const Amounts& b);
  // `expression` names module i at most once: `and` is the least, `or` and `k of` the sum. Empty: all is served.
  [[nodiscard]] Amounts join(const Expression& expression, std::span<const Amounts> modules);

  // In any order and more than once each, made an Amounts.
  [[nodiscard]] Amounts merged(std::vector<Chance> chances) const;

  // Once true, results mean nothing.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  const Scale& scale_;
  AmountBudget& budget_;
  bool exhausted_ = false;
};

// The mean share of the demand that is served, and the mean share that is not: neither from the other.
struct MeanShare {
  double served = 0, unserved = 0;
};
[[nodiscard]] MeanShare mean_share(const Scale& scale, const Amounts& amounts);

}  // namespace nines::structure
