#include "model/markov/chain/sparse_gth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <queue>

namespace nines::markov {
namespace {

struct Link {
  StateIndex to;
  long double rate;
};

class Elimination {
 public:
  Elimination(const Chain& chain, std::size_t entry_limit, std::uint64_t work_limit)
      : most_work_(work_limit),
        n_(chain.size()),
        start_(chain.start),
        limit_(entry_limit),
        out_(n_),
        in_(n_),
        sum_(n_, 0.0L),
        place_(n_, -1) {
    for (StateIndex s = 0; s < n_; ++s)
      for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
        out_[s].push_back({chain.target[t], chain.rate[t]});
        in_[chain.target[t]].push_back(s);
        ++entries_;
      }
  }

  // Least product of arrivals and departures first (Markowitz), looked up again when it has grown.
  bool run() {
    using Item = std::pair<std::uint64_t, StateIndex>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
    for (StateIndex s = 0; s < n_; ++s)
      if (s != start_) queue.emplace(cost(s), s);
    while (!queue.empty()) {
      const auto [price, s] = queue.top();
      queue.pop();
      if (cost(s) > price) {
        queue.emplace(cost(s), s);
        continue;
      }
      if (!eliminate(s)) return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<double> steady_state() const {
    const auto p = unscaled();
    long double total = 0;
    for (const long double x : p) total += x;
    std::vector<double> scaled(n_);
    for (std::size_t s = 0; s < n_; ++s) scaled[s] = static_cast<double>(p[s] / total);
    return scaled;
  }

  // As BasicGth::rounding() says, with the sums of rows rounded as often as they have terms.
  [[nodiscard]] double rounding() const {
    constexpr long double kLeast = 1e-2500L, kMost = 1e2000L;
    for (const long double x : unscaled())
      if (!(x > kLeast && x < kMost)) return std::numeric_limits<double>::infinity();
    constexpr double kUnit = static_cast<double>(std::numeric_limits<long double>::epsilon() / 2);
    return std::expm1(2 * roundings_ * kUnit) + 2 * std::numeric_limits<double>::epsilon();
  }

  [[nodiscard]] std::vector<double> hitting(std::vector<double> given) const {
    std::vector<long double> b(given.begin(), given.end());
    for (std::size_t i = 0; i < order_.size(); ++i)
      for (const Link& from : shares_[i]) b[from.to] += from.rate * b[order_[i]];
    std::vector<double> t(n_, 0.0);
    for (std::size_t i = order_.size(); i-- > 0;) {
      const StateIndex s = order_[i];
      long double sum = b[s];
      for (const Link& link : out_[s]) sum += link.rate * t[link.to];
      t[s] = static_cast<double>(sum / sum_[s]);
    }
    return t;
  }

 private:
  [[nodiscard]] std::uint64_t cost(StateIndex s) const { return std::uint64_t{out_[s].size()} * in_[s].size(); }

  [[nodiscard]] std::vector<long double> unscaled() const {
    std::vector<long double> p(n_, 0.0L);
    p[start_] = 1;
    for (std::size_t i = order_.size(); i-- > 0;)
      for (const Link& from : shares_[i]) p[order_[i]] += p[from.to] * from.rate;
    return p;
  }

  bool eliminate(StateIndex s) {
    // Rows that arrive are marked and unmarked beside what is added to them, and s is looked for where it leads.
    work_ += cost(s);
    for (const StateIndex from : in_[s]) work_ += out_[from].size();
    for (const Link& link : out_[s]) work_ += in_[link.to].size() / 8;
    if (work_ > most_work_) return false;
    long double sum = 0;
    for (const Link& link : out_[s]) sum += link.rate;
    if (!(sum > 0)) return false;
    sum_[s] = sum;
    roundings_ += (static_cast<double>(in_[s].size()) + 1) * (static_cast<double>(out_[s].size()) + 4);
    std::vector<Link> shares;
    for (const StateIndex from : in_[s]) {
      auto& row = out_[from];
      const auto self = std::find_if(row.begin(), row.end(), [&](const Link& link) { return link.to == s; });
      const long double share = self->rate / sum;
      *self = row.back();
      row.pop_back();
      shares.push_back({from, share});
      for (std::size_t i = 0; i < row.size(); ++i) place_[row[i].to] = static_cast<std::int64_t>(i);
      for (const Link& link : out_[s]) {
        if (link.to == from) continue;
        const auto at = place_[link.to];
        if (at >= 0) {
          row[static_cast<std::size_t>(at)].rate += share * link.rate;
        } else {
          row.push_back({link.to, share * link.rate});
          in_[link.to].push_back(from);
          ++entries_;
        }
      }
      for (const Link& link : row) place_[link.to] = -1;
    }
    for (const Link& link : out_[s]) std::erase(in_[link.to], s);
    in_[s].clear();
    in_[s].shrink_to_fit();
    order_.push_back(s);
    shares_.push_back(std::move(shares));
    return entries_ <= limit_;
  }

  std::uint64_t most_work_, work_ = 0;
  double roundings_ = 0;  // units of last place
  std::size_t n_;
  StateIndex start_;
  std::size_t limit_;
  std::size_t entries_ = 0;
  std::vector<std::vector<Link>> out_;  // of a state that was eliminated: to those that were not, then
  std::vector<std::vector<StateIndex>> in_;
  std::vector<long double> sum_;
  std::vector<std::int64_t> place_;
  std::vector<StateIndex> order_;
  std::vector<std::vector<Link>> shares_;  // by elimination: who came in, and which part of its stay leads here
};

}  // namespace

std::optional<SparseResult> sparse_gth(const Chain& chain, std::size_t entry_limit, std::uint64_t work_limit) {
  const auto elimination = std::make_shared<Elimination>(chain, entry_limit, work_limit);
  if (!elimination->run()) return std::nullopt;
  return SparseResult{elimination->steady_state(), elimination->rounding(),
                      [elimination](std::vector<double> b) { return elimination->hitting(std::move(b)); }};
}

}  // namespace nines::markov
