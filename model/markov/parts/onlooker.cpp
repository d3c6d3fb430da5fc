#include "model/markov/parts/onlooker.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace nines::markov {
namespace {

// The values of a block: states that look alike from outside, in every scenario, are one.
class Onlooker {
 public:
  Onlooker(const Model& model, const process::Process& process, const SeenFromOutside& from, Part& part)
      : part_(part), process_(process), from_(from) {
    for (const DemandLevel& level : model.demand) demand_.push_back(level.level);
    const auto asked = model.asked_to_serve();
    for (const ComponentId id : part.members) {
      const auto& inside = model.components[id].inside;  // then what it serves is seen in what it is a copy in
      const bool hidden = inside && std::binary_search(part.members.begin(), part.members.end(), inside->component);
      if (asked[id] && !hidden) part.serving.push_back(id);
    }
    const auto& wiring = process_.wiring();
    for (const ComponentId id : part.members)
      if (model.components[id].infrastructure && model.components[id].hold == Hold::none)
        part.infrastructure.push_back(id);
    std::vector<char> all(wiring.groups.size(), 0), unplanned(wiring.groups.size(), 0);
    std::vector<std::vector<char>> each;
    for (const ComponentId id : part.infrastructure) {
      all[wiring.group_of[id]] = 1;
      each.emplace_back(wiring.groups.size(), 0);
      each.back()[wiring.group_of[id]] = 1;
    }
    for (const ComponentId id : part.members)
      if (model.components[id].hold == Hold::maintenance) unplanned[wiring.group_of[id]] = 1;
    forced_ = {std::move(all), std::move(unplanned)};
    forced_.insert(forced_.end(), each.begin(), each.end());
    if (from_.without_entries) down_ = std::move(each);
    for (const ComponentId id : part.members) {
      const bool hold = model.components[id].hold != Hold::none;
      infrastructure_.push_back(model.components[id].infrastructure && !hold);
    }
  }

  // False when the values take more than `bytes`.
  [[nodiscard]] bool run(std::uint64_t bytes) {
    const StateSpace& space = *part_.space;
    std::unordered_map<std::string, std::uint32_t> value_with;
    part_.value_of.reserve(space.chain.size());
    std::string key;
    for (StateIndex s = 0; s < space.chain.size(); ++s) {
      look(space.state(s), key);
      const auto [found, fresh] = value_with.try_emplace(key, static_cast<std::uint32_t>(part_.sights.size()));
      if (fresh) part_.sights.push_back(sight_of(key));
      part_.value_of.push_back(found->second);
      if (part_.sights.size() * (2 * key.size() + kBytesOfSight) > bytes) return false;
    }
    return true;
  }

 private:
  void look(std::span<const process::Slot> slots, std::string& key) {
    const auto& wiring = process_.wiring();
    key.clear();
    process_.look(slots, {}, signals_);
    append(signals_, key);
    const std::size_t width = key.size();
    for (std::size_t i = 0; i < forced_.size(); ++i) {
      if (same_as_it_is(1 + i, slots)) {
        key.append(key, 0, width);
      } else {
        process_.look(slots, {forced_[i], 1 + i == Part::kUnplanned}, other_);
        append(other_, key);
      }
    }
    for (std::size_t i = 0; i < down_.size(); ++i) {
      if (!signals_.up[wiring.group_of[part_.infrastructure[i]]]) {
        key.append(key, 0, width);
      } else {
        process_.look(slots, {{}, false, down_[i]}, other_);
        append(other_, key);
      }
    }
    for (std::size_t m = 0; m < part_.members.size(); ++m) {
      const auto cause = infrastructure_[m] && !from_.asked[m]
                             ? std::nullopt
                             : process_.mode_cause(wiring.group_of[part_.members[m]], slots, signals_);
      key.push_back(cause ? static_cast<char>(1 + static_cast<int>(*cause)) : '\0');
    }
    if (!part_.serving.empty()) append_amounts(slots, key);
  }

  // The numbers of the amounts that members serve, level by level.
  void append_amounts(std::span<const process::Slot> slots, std::string& key) {
    by_level_.resize(demand_.size());
    for (std::size_t level = 0; level < demand_.size(); ++level)
      process_.serve(demand_[level], slots, signals_, by_level_[level]);
    for (const ComponentId id : part_.serving)
      for (const auto& amounts : by_level_) {
        const double amount = amounts[process_.wiring().group_of[id]];
        const auto [found, fresh] = amount_with_.try_emplace(amount, amounts_.size());
        if (fresh) amounts_.push_back(amount);
        for (int byte = 0; byte < kBytesOfAmount; ++byte)
          key.push_back(static_cast<char>(found->second >> (8 * byte) & 0xffU));
      }
  }

  [[nodiscard]] bool same_as_it_is(std::size_t scenario, std::span<const process::Slot> slots) const {
    const auto& wiring = process_.wiring();
    const auto up = [&](ComponentId id) { return signals_.up[wiring.group_of[id]] != 0; };
    if (scenario == Part::kAllInfrastructure)
      return std::all_of(part_.infrastructure.begin(), part_.infrastructure.end(), up);
    if (scenario != Part::kUnplanned) return up(part_.infrastructure[scenario - Part::kFirstEntry]);
    for (process::GroupId g = 0; g < wiring.groups.size(); ++g)
      if ((forced_[1][g] && !signals_.up[g]) || process_.is_planned(g, slots)) return false;
    return true;
  }

  // Of a component the group by itself: its needs may lie outside and are looked at by who asks.
  void append(const process::Signals& signals, std::string& key) const {
    const auto& wiring = process_.wiring();
    for (std::size_t m = 0; m < part_.members.size(); ++m) {
      const auto group = wiring.group_of[part_.members[m]];
      const bool whole = from_.whole_in_block[part_.members[m]] != 0;
      const char up = whole ? signals.up[group] : signals.group_up[group];
      key.push_back(from_.asked[m] ? up : '\0');
    }
  }

  [[nodiscard]] Sight sight_of(const std::string& key) const {
    const std::size_t members = part_.members.size(), bits = (1 + forced_.size() + down_.size()) * members;
    Sight sight{{key.begin(), key.begin() + static_cast<std::ptrdiff_t>(bits)}, {}, {}};
    for (std::size_t i = bits; i < bits + members; ++i)
      sight.causes.push_back(key[i] ? std::optional(static_cast<Cause>(key[i] - 1)) : std::nullopt);
    for (std::size_t i = bits + members; i < key.size(); i += kBytesOfAmount) {
      std::size_t number = 0;
      for (int byte = kBytesOfAmount; byte-- > 0;)
        number = number << 8 | static_cast<unsigned char>(key[i + static_cast<std::size_t>(byte)]);
      sight.amounts.push_back(amounts_[number]);
    }
    return sight;
  }

  static constexpr int kBytesOfAmount = 3;
  static constexpr std::size_t kBytesOfSight = 160;  // beside what is seen, kept once in the sight and once to look up

  Part& part_;
  const process::Process& process_;
  const SeenFromOutside& from_;
  std::vector<std::vector<char>> forced_;  // as if up: by scenario, from 1
  std::vector<std::vector<char>> down_;    // as if down: by the scenarios after those
  std::vector<char> infrastructure_;       // by member
  std::vector<double> demand_;             // by level
  std::vector<std::vector<double>> by_level_;
  std::vector<double> amounts_;  // each once
  std::unordered_map<double, std::size_t> amount_with_;
  process::Signals signals_, other_;
};

}  // namespace

bool see_from_outside(const Model& model, const process::Process& process, const SeenFromOutside& from,
                      std::uint64_t bytes, Part& part) {
  return Onlooker(model, process, from, part).run(bytes);
}

}  // namespace nines::markov
