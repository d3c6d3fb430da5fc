#include "model/markov/downtime/likely_states.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

namespace nines::markov {
namespace {

constexpr std::size_t kCandidates = 60'000;
constexpr double kNegligible = 1e-18;  // visits a period
// Every state that is left out is compared with all that are kept, part by part, and each of these leads to as many as
// there are parts: a network of a hundred nodes and links would take minutes.
constexpr double kMostCompared = 1e9;

double out_rate(const Chain& chain, StateIndex s) {
  return std::accumulate(chain.rate.begin() + static_cast<std::ptrdiff_t>(chain.row_begin[s]),
                         chain.rate.begin() + static_cast<std::ptrdiff_t>(chain.row_begin[s + 1]), 0.0);
}

using JointState = std::vector<StateIndex>;

// Candidates: joint states whose parts' visits, multiplied, come to `least` or more. That is more than the visits of
// the joint state, never less.
class Candidates {
 public:
  Candidates(std::span<const PartInLongRun> parts, double period_h) : most_after_(parts.size() + 1, 1) {
    for (const PartInLongRun& part : parts) {
      std::vector<std::pair<double, StateIndex>> visits;
      for (StateIndex s = 0; s < part.probability.size(); ++s)
        if (part.probability[s] > 0)
          visits.emplace_back(part.probability[s] * (1 + out_rate(*part.chain, s) * period_h), s);
      std::sort(visits.rbegin(), visits.rend());
      visits_.push_back(std::move(visits));
    }
    for (std::size_t i = parts.size(); i-- > 0;) most_after_[i] = most_after_[i + 1] * visits_[i].front().first;
  }

  [[nodiscard]] double most() const { return most_after_[0]; }

  // False when there are more than kCandidates.
  bool collect(double least, std::vector<JointState>& out) const {
    out.clear();
    std::vector<std::size_t> at(visits_.size(), 0);
    std::vector<double> before(visits_.size() + 1, 1);
    JointState state(visits_.size());
    std::size_t level = 0;
    for (;;) {
      const bool fits = at[level] < visits_[level].size() &&
                        before[level] * visits_[level][at[level]].first * most_after_[level + 1] >= least;
      if (!fits) {
        if (level == 0) return true;
        at[level] = 0;
        ++at[--level];
        continue;
      }
      state[level] = visits_[level][at[level]].second;
      before[level + 1] = before[level] * visits_[level][at[level]].first;
      if (level + 1 < visits_.size()) {
        ++level;
        continue;
      }
      if (out.size() == kCandidates) return false;
      out.push_back(state);
      ++at[level];
    }
  }

 private:
  std::vector<std::vector<std::pair<double, StateIndex>>> visits_;  // by part, most visited first
  std::vector<double> most_after_;                                  // of the parts from here on
};

std::vector<JointState> candidates(std::span<const PartInLongRun> parts, double period_h) {
  const Candidates all(parts, period_h);
  std::vector<JointState> few, more;
  for (double least = all.most(); least > kNegligible * all.most(); least /= 10) {
    if (!all.collect(least, more)) break;
    few.swap(more);
  }
  return few;
}

struct Seen {
  double visits, probability, out;  // out: rate of leaving it
  JointState state;
  bool down;
};

// What stands for states that were left out: of those that are up or down as they are the one with the most parts in
// the same state, of these the one that is left as fast.
class StandIns {
 public:
  StandIns(const std::vector<const Seen*>& kept, std::function<double(const JointState&)> out_rate,
           const std::function<bool(std::span<const StateIndex>)>& is_down)
      : kept_(kept), out_rate_(std::move(out_rate)), is_down_(is_down) {}

  [[nodiscard]] std::optional<StateIndex> of(const JointState& left_out) {
    const auto [known, fresh] = known_.emplace(left_out, std::nullopt);
    if (!fresh) return known->second;
    const bool down = is_down_(left_out);
    const double out = out_rate_(left_out);
    std::size_t most = 0;
    double nearest = 0;
    for (StateIndex i = 0; i < kept_.size(); ++i) {
      const Seen& seen = *kept_[i];
      if (seen.down != down) continue;
      std::size_t same = 0;
      for (std::size_t p = 0; p < left_out.size(); ++p) same += static_cast<std::size_t>(left_out[p] == seen.state[p]);
      const double distance = std::abs(std::log(seen.out / out));
      if (known->second && (same < most || (same == most && !(distance < nearest)))) continue;
      known->second = i;
      most = same;
      nearest = distance;
    }
    return known->second;
  }

 private:
  const std::vector<const Seen*>& kept_;
  std::function<double(const JointState&)> out_rate_;
  const std::function<bool(std::span<const StateIndex>)>& is_down_;
  std::map<JointState, std::optional<StateIndex>> known_;
};

}  // namespace

UpDownChain likely_states(std::span<const PartInLongRun> parts,
                          const std::function<bool(std::span<const StateIndex>)>& is_down, double period_h,
                          const LikelyLimits& given) {
  LikelyLimits limits = given;
  double all = 1;
  for (const PartInLongRun& part : parts) all *= static_cast<double>(part.chain->size());
  if (all <= static_cast<double>(limits.whole)) limits.states = limits.down_states = limits.whole;
  const auto out_of = [&](const JointState& state) {
    double out = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) out += out_rate(*parts[i].chain, state[i]);
    return out;
  };
  std::vector<Seen> seen;
  for (JointState& state : candidates(parts, period_h)) {
    double p = 1;
    for (std::size_t i = 0; i < parts.size(); ++i) p *= parts[i].probability[state[i]];
    const double out = out_of(state);
    const bool down = is_down(state);
    seen.push_back({p * (1 + out * period_h), p, out, std::move(state), down});
  }
  std::stable_sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.visits > b.visits; });

  UpDownChain result;
  std::map<JointState, StateIndex> number;
  std::vector<const Seen*> kept;
  std::size_t down_states = 0;
  const auto affordable =
      static_cast<std::size_t>(std::sqrt(kMostCompared) / static_cast<double>(std::max<std::size_t>(1, parts.size())));
  for (const Seen& one : seen) {
    if (kept.size() == limits.states || kept.size() == std::max<std::size_t>(2, affordable)) break;
    if (one.down && down_states == limits.down_states) continue;
    down_states += one.down ? 1 : 0;
    number.emplace(one.state, static_cast<StateIndex>(kept.size()));
    kept.push_back(&one);
  }
  StandIns stand_ins(kept, out_of, is_down);
  long double probability = 0, left_out_per_h = 0;
  result.chain.row_begin.push_back(0);
  std::map<StateIndex, double> row;
  for (const Seen* one : kept) {
    probability += one->probability;
    double lost = 0, left_out = 0;
    JointState to = one->state;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Chain& chain = *parts[i].chain;
      const StateIndex from = one->state[i];
      for (auto t = chain.row_begin[from]; t < chain.row_begin[from + 1]; ++t) {
        to[i] = chain.target[t];
        const auto found = number.find(to);
        std::optional<StateIndex> target;
        if (found != number.end()) {
          target = found->second;
        } else {
          left_out += chain.rate[t];
          target = stand_ins.of(to);
          if (!target) lost += chain.rate[t];
        }
        if (target && kept[*target] != one) row[*target] += chain.rate[t];
      }
      to[i] = from;
    }
    for (const auto& [target, rate] : row) {
      result.chain.target.push_back(target);
      result.chain.rate.push_back(rate);
    }
    row.clear();
    result.chain.row_begin.push_back(result.chain.target.size());
    result.down.push_back(one->down ? 1 : 0);
    result.long_run.push_back(one->probability);
    result.lost.push_back(lost);
    left_out_per_h += static_cast<long double>(one->probability) * left_out;
  }
  result.left_out_at_start = std::max(0.0, static_cast<double>(1 - probability));
  result.left_out_per_h = static_cast<double>(left_out_per_h);
  return result;
}

}  // namespace nines::markov
