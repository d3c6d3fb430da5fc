#include "model/description/drawn_chain.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include <fmt/format.h>

namespace nines {
namespace {

// Two lanes of multiply and fold over numbers, not bytes: the same on every machine, and fast on millions.
class Digest {
 public:
  void add(std::uint64_t number) {
    a_ = (a_ ^ number) * 0x9E3779B97F4A7C15ULL;
    a_ ^= a_ >> 29U;
    b_ = std::rotl(b_, 23) ^ (number * 0xC2B2AE3D27D4EB4FULL);
    b_ = b_ * 0x165667B19E3779F9ULL + 1;
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}{:016x}", a_, b_ ^ (b_ >> 31U)); }

 private:
  std::uint64_t a_ = 0x243F6A8885A308D3ULL, b_ = 0x13198A2E03707344ULL;
};

std::string digest_of(const DrawnChain& chain) {
  Digest digest;
  digest.add(chain.size());
  digest.add(chain.start);
  for (std::uint32_t s = 0; s < chain.size(); ++s) {
    digest.add(2 * chain.targets(s).size() + static_cast<std::uint64_t>(chain.up[s] != 0));
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      digest.add(chain.target[t]);
      digest.add(std::bit_cast<std::uint64_t>(chain.rate[t]));
    }
  }
  return digest.text();
}

// Sorts the transitions by where they come from, others keeping their order.
void sort_by_source(std::size_t states, std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to,
                    std::vector<double>& rate) {
  if (std::is_sorted(from.begin(), from.end())) return;
  std::vector<std::uint64_t> next(states + 1, 0);
  for (const std::uint32_t s : from) ++next[s + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> sorted_from(from.size()), sorted_to(from.size());
  std::vector<double> sorted_rate(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::uint64_t at = next[from[i]]++;
    sorted_from[at] = from[i];
    sorted_to[at] = to[i];
    sorted_rate[at] = rate[i];
  }
  from = std::move(sorted_from);
  to = std::move(sorted_to);
  rate = std::move(sorted_rate);
}

}  // namespace

double DrawnChain::out_rate(std::uint32_t state) const {
  double sum = 0;
  for (const double r : rates(state)) sum += r;
  return sum;
}

std::string DrawnChain::name_of(std::uint32_t state) const {
  return states.empty() ? std::to_string(state) : states[state];
}

std::vector<char> DrawnChain::reachable() const {
  std::vector<char> seen(size(), 0);
  std::vector<std::uint32_t> waiting{start};
  seen[start] = 1;
  while (!waiting.empty()) {
    const std::uint32_t state = waiting.back();
    waiting.pop_back();
    for (const std::uint32_t to : targets(state)) {
      if (seen[to]) continue;
      seen[to] = 1;
      waiting.push_back(to);
    }
  }
  return seen;
}

void set_transitions(DrawnChain& chain, std::vector<std::uint32_t> from, std::vector<std::uint32_t> to,
                     std::vector<double> rate) {
  sort_by_source(chain.size(), from, to, rate);
  chain.row_begin.assign(1, 0);
  chain.row_begin.reserve(chain.size() + std::size_t{1});
  // In place: what is kept never passes what is still to be looked at.
  std::size_t kept = 0, next = 0;
  std::vector<std::pair<std::uint32_t, double>> row;
  for (std::uint32_t s = 0; s < chain.size(); ++s) {
    const std::size_t begin = next;
    bool tidy = true;
    for (; next < from.size() && from[next] == s; ++next)
      tidy = tidy && to[next] != s && (next == begin || to[next - 1] < to[next]);
    if (tidy) {
      for (std::size_t i = begin; i < next; ++i, ++kept) {
        to[kept] = to[i];
        rate[kept] = rate[i];
      }
    } else {
      row.clear();
      for (std::size_t i = begin; i < next; ++i)
        if (to[i] != s) row.emplace_back(to[i], rate[i]);
      std::stable_sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      const std::size_t first = kept;
      for (const auto& [target, r] : row)
        if (kept > first && to[kept - 1] == target) {
          rate[kept - 1] += r;
        } else {
          to[kept] = target;
          rate[kept++] = r;
        }
    }
    chain.row_begin.push_back(kept);
  }
  to.resize(kept);
  rate.resize(kept);
  chain.target = std::move(to);
  chain.rate = std::move(rate);
  chain.digest = digest_of(chain);
}

}  // namespace nines
