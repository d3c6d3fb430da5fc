#include "model/structure/weights.hpp"

#include <map>

namespace nines::structure {

// Nodes are numbered children first, so one pass from the first new one is enough.
void Weights::extend() {
  up_.resize(diagrams_.size());
  down_.resize(diagrams_.size());
  if (weighed_ == 0) {
    up_[kTrue] = down_[kFalse] = 1;
    up_[kFalse] = down_[kTrue] = 0;
    weighed_ = kTrue + 1;
  }
  for (; weighed_ < up_.size(); ++weighed_) {
    const auto f = static_cast<Ref>(weighed_);
    const auto& probability = variables_[diagrams_.level(f)].probability;
    const auto children = diagrams_.children(f);
    long double up = 0, down = 0;
    for (std::size_t v = 0; v < children.size(); ++v) {
      up += static_cast<long double>(probability[v]) * up_[children[v]];
      down += static_cast<long double>(probability[v]) * down_[children[v]];
    }
    up_[f] = static_cast<double>(up);
    down_[f] = static_cast<double>(down);
  }
}

void Weights::rename(std::span<const Ref> renamed) {
  std::size_t size = 0;
  for (std::size_t f = 0; f < weighed_; ++f) {
    if (f > kTrue && renamed[f] == kFalse) continue;
    up_[size] = up_[f];
    down_[size++] = down_[f];
  }
  weighed_ = size;
  up_.resize(size);
  down_.resize(size);
}

double Weights::up(Ref f) {
  extend();
  return up_[f];
}

double Weights::down(Ref f) {
  extend();
  return down_[f];
}

namespace {

constexpr std::size_t kMany = 4096;  // nodes

}  // namespace

std::vector<std::pair<Ref, double>> Weights::reached(Ref f) const {
  std::vector<std::pair<Ref, double>> result;
  std::map<Ref, double, std::greater<>> few{{f, 1.0}};
  const auto pass_on = [&](Ref node, double probability, auto&& add) {
    result.emplace_back(node, probability);
    const auto children = diagrams_.children(node);
    const auto& weight = variables_[diagrams_.level(node)].probability;
    for (std::size_t v = 0; v < children.size(); ++v) add(children[v], probability * weight[v]);
  };
  while (!few.empty() && few.begin()->first > kTrue && few.size() + result.size() < kMany) {
    const auto [node, probability] = *few.begin();
    few.erase(few.begin());
    pass_on(node, probability, [&](Ref child, double p) { few[child] += p; });
  }
  if (few.empty() || few.begin()->first <= kTrue) return result;
  std::vector<double> many(few.begin()->first + std::size_t{1}, 0.0);
  for (const auto& [node, probability] : few) many[node] = probability;
  result.reserve(result.size() + many.size());
  for (std::size_t node = many.size(); node-- > kTrue + 1;)
    if (many[node] > 0) pass_on(static_cast<Ref>(node), many[node], [&](Ref child, double p) { many[child] += p; });
  return result;
}

double Weights::down_passages(Ref f) {
  if (const auto sum = by_differences(f)) return *sum;
  long double sum = 0;
  for (const auto& [node, reached] : this->reached(f)) {
    // The children's span moves when and_not makes nodes, so take what is needed before.
    const std::vector<Ref> children(diagrams_.children(node).begin(), diagrams_.children(node).end());
    for (const Flow& flow : variables_[diagrams_.level(node)].flows) {
      const Ref from = children[flow.from], to = children[flow.to];
      if (from == to || from == kFalse || to == kTrue) continue;
      sum += static_cast<long double>(reached) * flow.per_hour * up_and_not(from, to);
    }
  }
  return static_cast<double>(sum);
}

// P(f and not g) is P(not g) - P(not f) where g says no more than f. In `lost` the rounding of the two, each a few
// units in the last place for every level below.
std::optional<double> Weights::by_differences(Ref f) {
  const auto reached = this->reached(f);
  if (reached.size() < kMany) return std::nullopt;
  extend();
  long double sum = 0, lost = 0;
  for (const auto& [node, probability] : reached) {
    const Variable& variable = variables_[diagrams_.level(node)];
    const auto children = diagrams_.children(node);
    for (const Flow& flow : variable.flows) {
      if (children[flow.from] == children[flow.to]) continue;
      if (!variable.rising) return std::nullopt;
      if (flow.from < flow.to) continue;
      const long double weight = static_cast<long double>(probability) * flow.per_hour;
      sum += weight * (static_cast<long double>(down_[children[flow.to]]) - down_[children[flow.from]]);
      lost += weight * down_[children[flow.to]];
    }
  }
  constexpr long double kRounding = 1e-15L, kMost = 1e-13L;
  if (lost * kRounding > kMost * sum) return std::nullopt;
  return static_cast<double>(sum);
}

std::vector<double> Weights::down_given(Ref f, std::uint32_t level) {
  extend();
  std::vector<double> result(diagrams_.domain(level), 0.0);
  long double passed_by = 0;  // P(not f) over evaluations that never ask for this variable
  long double asked = 0;
  for (const auto& [node, reached] : this->reached(f)) {
    if (diagrams_.level(node) != level) continue;
    const auto children = diagrams_.children(node);
    for (std::size_t v = 0; v < children.size(); ++v) result[v] += reached * down_[children[v]];
    asked += static_cast<long double>(reached) * down_[node];
  }
  // Paths that skip the level: they add the same to every value. The difference is harmless where the variable decides
  // almost everything, because it is only a weight for a certificate, never an answer.
  passed_by = static_cast<long double>(down_[f]) - asked;
  if (passed_by > 0)
    for (double& value : result) value += static_cast<double>(passed_by);
  return result;
}

}  // namespace nines::structure
