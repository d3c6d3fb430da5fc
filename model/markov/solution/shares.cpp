#include "model/markov/solution/solution.hpp"

#include <algorithm>

namespace nines::markov {

void fill_shares(Solution& s) {
  const double down = s.joined.whole.down();
  std::vector<std::pair<ComponentId, ComponentShare>> components;
  std::vector<std::pair<ComponentId, InfrastructureShare>> infrastructure;
  for (std::size_t m = 0; m < s.measures.size(); ++m) {
    const double birnbaum = s.joined.birnbaum[m];
    for (const NamedMeasures& n : s.measures[m].named) {
      const std::string& name = s.model.components[n.id].name;
      ComponentShare share{name, n.unavailability, n.down_passages_per_h * kHoursPerYear, birnbaum * n.birnbaum,
                           0,    std::nullopt};
      if (down > 0) share.downtime_share = birnbaum * n.critical / down;
      components.emplace_back(n.id, share);
      for (int c = 0; c < kCauses; ++c) {
        const double minutes = birnbaum * n.by_cause[static_cast<std::size_t>(c)] * kMinutesPerYear;
        if (minutes > 0) s.answer.causes.push_back({name, static_cast<Cause>(c), minutes});
      }
    }
    for (const EntryMeasures& e : s.measures[m].infrastructure)
      infrastructure.emplace_back(
          e.id, InfrastructureShare{s.model.components[e.id].name, down > 0 ? birnbaum * e.critical / down : 0});
  }
  const auto by_id = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::sort(components.begin(), components.end(), by_id);
  std::sort(infrastructure.begin(), infrastructure.end(), by_id);
  for (auto& [id, share] : components) s.answer.components.push_back(std::move(share));
  for (auto& [id, share] : infrastructure) s.answer.infrastructure.push_back(std::move(share));
  std::stable_sort(s.answer.causes.begin(), s.answer.causes.end(), [](const CauseShare& a, const CauseShare& b) {
    return a.downtime_min_per_year > b.downtime_min_per_year;
  });
  const double several = s.joined.whole.several * kMinutesPerYear;
  if (several > 0) s.answer.causes.push_back({std::nullopt, std::nullopt, several});
}

}  // namespace nines::markov
