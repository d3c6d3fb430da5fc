#include "model/structure/cut_sets.hpp"

#include <algorithm>
#include <utility>

#include "model/structure/families.hpp"

namespace nines::structure {
namespace {

// The nodes of a function, children first.
std::vector<Ref> nodes_of(const Diagrams& diagrams, Ref f) {
  std::vector<char> needed(f + std::size_t{1}, 0);
  needed[f] = 1;
  std::vector<Ref> nodes;
  for (Ref at = f; at > kTrue; --at) {
    if (!needed[at]) continue;
    nodes.push_back(at);
    for (const Ref child : diagrams.children(at)) needed[child] = 1;
  }
  std::reverse(nodes.begin(), nodes.end());
  return nodes;
}

class Finder {
 public:
  Finder(Diagrams& diagrams, Ref up, std::span<const ComponentId> name_of, const CutLimits& limits)
      : diagrams_(diagrams), up_(up), name_of_(name_of), limits_(limits), families_(limits.nodes, limits.steps) {}

  CutSets run() {
    CutSets result;
    if (up_ == kTrue) return result;
    nodes_ = nodes_of(diagrams_, up_);
    place_.assign(up_ + std::size_t{1}, 0);
    for (std::size_t i = 0; i < nodes_.size(); ++i) place_[nodes_[i]] = i;
    latest_.assign(nodes_.size(), kNone);
    if (up_ == kFalse) {
      result.sets.emplace_back();
      return result;
    }
    for (std::uint32_t names = 1; names <= limits_.names; ++names) {
      const Family before = latest_.back();
      extend();
      if (families_.exhausted()) break;
      const Family found = latest_.back();
      if (found != before) list(found, names, result.sets);
      if (families_.count(found) > static_cast<double>(result.sets.size())) break;
      if (found != before && are_all(found)) return result;
      if (result.sets.size() >= limits_.sets) break;
    }
    result.truncated = true;
    return result;
  }

 private:
  // From the minimal cut sets of at most r - 1 names of every function below, which are in `latest_`, to those of r:
  // those that hold while the variable is up, and with the variable those that only hold while it is down.
  void extend() {
    const auto of = [&](const std::vector<Family>& list, Ref f) {
      return f == kFalse ? kEmptySet : f == kTrue ? kNone : list[place_[f]];
    };
    std::vector<Family> next(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size() && !families_.exhausted(); ++i) {
      const auto children = diagrams_.children(nodes_[i]);
      const Family down = of(latest_, children[0]), up = of(latest_, children[1]);
      next[i] = families_.make(diagrams_.level(nodes_[i]), families_.not_holding(down, up), of(next, children[1]));
    }
    if (!families_.exhausted()) latest_ = std::move(next);
  }

  // Adds the sets of so many names; those of fewer are there already. Every path down leads to a set.
  void list(Family family, std::uint32_t names, std::vector<std::vector<ComponentId>>& sets) {
    struct Visit {
      Family at;
      std::size_t size;  // of the set so far
      ComponentId name;  // that makes it this size
    };
    std::vector<Visit> stack{{family, 0, 0}};
    std::vector<ComponentId> set;
    while (!stack.empty() && sets.size() < limits_.sets) {
      const Visit visit = stack.back();
      stack.pop_back();
      if (visit.size > 0) {
        set.resize(visit.size);
        set.back() = visit.name;
      }
      if (visit.at == kEmptySet) {
        if (visit.size != names) continue;
        sets.emplace_back(set.begin(), set.begin() + names);
        std::sort(sets.back().begin(), sets.back().end());
        continue;
      }
      const Family without = families_.without(visit.at);
      if (without != kNone) stack.push_back({without, visit.size, visit.size > 0 ? visit.name : 0});
      stack.push_back({families_.with(visit.at), visit.size + 1, name_of_[families_.level(visit.at)]});
    }
  }

  // Whether nothing is down unless some set of the family is.
  bool are_all(Family family) {
    std::vector<char> needed(family + std::size_t{1}, 0);
    needed[family] = 1;
    for (Family at = family; at > kEmptySet; --at)
      if (needed[at]) needed[families_.with(at)] = needed[families_.without(at)] = 1;
    std::vector<Ref> none(family + std::size_t{1}, kTrue);  // that no set of it is down
    none[kEmptySet] = kFalse;
    for (Family at = kEmptySet + 1; at <= family; ++at) {
      if (!needed[at]) continue;
      const Ref up = none[families_.without(at)], down = diagrams_.both(up, none[families_.with(at)]);
      const Ref cases[] = {down, up};
      none[at] = diagrams_.select(families_.level(at), cases);
    }
    return !diagrams_.exhausted() && none[family] == up_;
  }

  Diagrams& diagrams_;
  Ref up_;
  std::span<const ComponentId> name_of_;
  const CutLimits& limits_;
  Families families_;
  std::vector<Ref> nodes_;          // of `up_`, children first
  std::vector<std::size_t> place_;  // in `nodes_`
  std::vector<Family> latest_;      // by place
};

}  // namespace

CutSets minimal_cut_sets(Diagrams& diagrams, Ref up, std::span<const ComponentId> name_of, const CutLimits& limits) {
  return Finder(diagrams, up, name_of, limits).run();
}

}  // namespace nines::structure
