#include "model/structure/amounts.hpp"

#include <algorithm>
#include <cmath>

namespace nines::structure {
namespace {

// Amounts are told apart in steps of this share of the demand: some roundings of a double, of which a sum of many
// capacities makes some.
constexpr double kStep = 0x1p-49;

}  // namespace

double Scale::clip(double amount) const {
  return amount >= demand_ * (1 - kStep) ? demand_ : amount;
}

std::uint64_t Scale::key(double amount) const {
  return static_cast<std::uint64_t>(std::llround(amount / demand_ / kStep));
}

Amounts AmountJoiner::merged(std::vector<Chance> amounts) const {
  std::sort(amounts.begin(), amounts.end(), [](const Chance& a, const Chance& b) { return a.amount < b.amount; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < amounts.size();) {
    const double amount = amounts[i].amount;
    const std::uint64_t key = scale_.key(amount);
    long double probability = 0;
    for (; i < amounts.size() && scale_.key(amounts[i].amount) - key <= 1; ++i) probability += amounts[i].probability;
    amounts[kept++] = {amount, static_cast<double>(probability)};
  }
  amounts.resize(kept);
  return amounts;
}

Amounts AmountJoiner::least(const Amounts& a, const Amounts& b) const {
  // From the top: `above` is the probability of all amounts that came so far.
  Amounts joined;
  long double above_a = 0, above_b = 0;
  std::size_t i = a.size(), j = b.size();
  while (i > 0 || j > 0) {
    const std::uint64_t key_a = i > 0 ? scale_.key(a[i - 1].amount) : 0,
                        key_b = j > 0 ? scale_.key(b[j - 1].amount) : 0;
    const bool from_a = i > 0 && (j == 0 || key_a >= key_b), from_b = j > 0 && (i == 0 || key_b >= key_a);
    const double amount = from_a && from_b ? std::min(a[i - 1].amount, b[j - 1].amount)
                          : from_a         ? a[i - 1].amount
                                           : b[j - 1].amount;
    const long double p = from_a ? a[i - 1].probability : 0, q = from_b ? b[j - 1].probability : 0;
    const long double both = p * above_b + q * above_a + p * q;
    if (both > 0) joined.push_back({amount, static_cast<double>(both)});
    above_a += p;
    above_b += q;
    i -= from_a ? 1 : 0;
    j -= from_b ? 1 : 0;
  }
  std::reverse(joined.begin(), joined.end());
  return joined;
}

Amounts AmountJoiner::sum(const Amounts& a, const Amounts& b) {
  const std::uint64_t products = std::uint64_t{a.size()} * b.size();
  if (exhausted_ || products > budget_.products) {
    exhausted_ = true;
    return {};
  }
  budget_.products -= products;
  Amounts joined;
  long double all = 0;  // of the demand: many ways lead there
  for (const Chance& x : a)
    for (const Chance& y : b) {
      const double amount = scale_.clip(x.amount + y.amount);
      const long double p = static_cast<long double>(x.probability) * y.probability;
      if (amount >= scale_.demand())
        all += p;
      else if (p > 0)
        joined.push_back({amount, static_cast<double>(p)});
    }
  joined = merged(std::move(joined));
  if (all > 0) joined.push_back({scale_.demand(), static_cast<double>(all)});
  if (joined.size() > budget_.amounts) exhausted_ = true;
  return joined;
}

Amounts AmountJoiner::join(const Expression& expression, std::span<const Amounts> modules) {
  if (expression.empty()) return {{scale_.demand(), 1}};
  std::vector<Amounts> stack;
  for (const auto& term : expression.terms) {
    if (term.op == Expression::Op::name) {
      stack.push_back(modules[term.name]);
      continue;
    }
    Amounts joined = std::move(stack.back());
    for (std::uint32_t i = 1; i < term.operands; ++i) {
      const Amounts& other = stack[stack.size() - 1 - i];
      joined = term.op == Expression::Op::all_of ? least(joined, other) : sum(joined, other);
      if (exhausted_) return {};
    }
    stack.resize(stack.size() - term.operands);
    stack.push_back(std::move(joined));
  }
  return stack.back();
}

MeanShare mean_share(const Scale& scale, const Amounts& amounts) {
  long double served = 0, unserved = 0;
  for (const Chance& c : amounts) {
    served += static_cast<long double>(c.probability) * (c.amount / scale.demand());
    unserved += static_cast<long double>(c.probability) * ((scale.demand() - c.amount) / scale.demand());
  }
  return {static_cast<double>(served), static_cast<double>(unserved)};
}

}  // namespace nines::structure
