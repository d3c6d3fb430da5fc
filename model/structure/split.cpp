#include "model/structure/split.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "model/structure/ties.hpp"

namespace nines::structure {
namespace {

class Splitter {
 public:
  Splitter(const Model& model, const std::vector<ComponentId>& members)
      : model_(model), members_(members), leader_(members.size()), supports_(members.size()) {
    std::iota(leader_.begin(), leader_.end(), 0u);
    const auto inside = inside_reacting(model);
    for (std::uint32_t m = 0; m < members.size(); ++m)
      for_each_support(model.components[members[m]], inside[members[m]] != 0, [&](ComponentId on) {
        if (const auto position = position_of(on); position < members.size()) supports_[m].push_back(position);
      });
  }

  tl::expected<Split, std::string> run() {
    unite_what_is_tied();
    find_users();
    // What one cluster alone stands on is its own.
    for (std::uint32_t m = 0; m < members_.size(); ++m)
      if (const std::uint32_t set = find(m); users_[set].size() == 1 && !shared_[set]) {
        const std::uint32_t user = users_[set].front();
        if (user != set) owned_by_.push_back({set, user});
      }
    for (const auto& [set, user] : owned_by_) unite(user, set);
    return collect();
  }

 private:
  [[nodiscard]] std::uint32_t position_of(ComponentId id) const {
    const auto at = std::lower_bound(members_.begin(), members_.end(), id);
    return static_cast<std::uint32_t>(at != members_.end() && *at == id ? at - members_.begin()
                                                                        : static_cast<std::ptrdiff_t>(members_.size()));
  }
  std::uint32_t find(std::uint32_t i) {
    while (leader_[i] != i) i = leader_[i] = leader_[leader_[i]];
    return i;
  }
  void unite(std::uint32_t a, std::uint32_t b) { leader_[find(b)] = find(a); }
  [[nodiscard]] bool is_infrastructure(std::uint32_t m) const { return model_.components[members_[m]].infrastructure; }

  void unite_what_is_tied() {
    for (const auto& list : ties_of(model_)) {
      const std::uint32_t first = list.empty() ? 0 : position_of(list.front());
      if (list.empty() || first == members_.size()) continue;
      for (const ComponentId id : list) unite(first, position_of(id));
    }
    for (std::uint32_t m = 0; m < members_.size(); ++m)
      for (const std::uint32_t on : supports_[m])
        if (!is_infrastructure(m) && !is_infrastructure(on)) unite(m, on);
  }

  // By set of what is tied: which sets that nobody stands on reach it, as far as one knows apart none, one and several.
  // What several reach is shared, and so is what that stands on.
  void find_users() {
    const auto count = static_cast<std::uint32_t>(members_.size());
    std::vector<char> stood_on(count, 0), groups(count, 0);
    std::vector<std::vector<std::uint32_t>> in(count);
    for (std::uint32_t m = 0; m < count; ++m) {
      in[find(m)].push_back(m);
      if (!is_infrastructure(m)) groups[find(m)] = 1;
      for (const std::uint32_t on : supports_[m])
        if (find(on) != find(m)) stood_on[find(on)] = 1;
    }
    users_.assign(count, {});
    shared_.assign(count, 0);
    std::vector<std::uint32_t> seen_by(count, count), stack;
    for (std::uint32_t sink = 0; sink < count; ++sink) {
      if (find(sink) != sink || (stood_on[sink] && !groups[sink])) continue;
      stack.assign(1, sink);
      while (!stack.empty()) {
        const std::uint32_t set = stack.back();
        stack.pop_back();
        if (seen_by[set] == sink) continue;
        seen_by[set] = sink;
        if (users_[set].size() < 2) users_[set].push_back(sink);
        for (const std::uint32_t m : in[set])
          for (const std::uint32_t on : supports_[m]) stack.push_back(find(on));
      }
    }
    for (std::uint32_t set = 0; set < count; ++set)
      if (users_[set].size() > 1) {
        shared_[set] = 1;
        if (groups[set] && tied_ == kNobody) tied_ = first_group(in[set]);
      } else if (users_[set].empty() && !in[set].empty()) {
        entwined_ = true;
      }
  }

  [[nodiscard]] std::uint32_t first_group(const std::vector<std::uint32_t>& list) const {
    return *std::find_if(list.begin(), list.end(), [&](std::uint32_t m) { return !is_infrastructure(m); });
  }

  tl::expected<Split, std::string> collect() {
    if (tied_ != kNobody)
      return tl::unexpected(
          fmt::format("`{}` shares a crew, spares or a common cause with infrastructure that others stand on",
                      model_.components[members_[tied_]].name));
    if (entwined_) return tl::unexpected(std::string("its infrastructure is tied together all around"));
    Split split;
    std::vector<std::uint32_t> cluster_with(members_.size(), kNobody);
    for (std::uint32_t m = 0; m < members_.size(); ++m) {
      const std::uint32_t set = find(m);
      if (shared_[set]) {
        split.shared.push_back(members_[m]);
        continue;
      }
      if (cluster_with[set] == kNobody) {
        cluster_with[set] = static_cast<std::uint32_t>(split.clusters.size());
        split.clusters.emplace_back();
      }
      split.clusters[cluster_with[set]].push_back(members_[m]);
    }
    if (split.clusters.size() < 2)
      return tl::unexpected(
          std::string("its groups share more than infrastructure: a crew, spares, a common cause, or a component they "
                      "are copies in"));
    return split;
  }

  static constexpr std::uint32_t kNobody = UINT32_MAX;

  const Model& model_;
  const std::vector<ComponentId>& members_;
  std::vector<std::uint32_t> leader_;
  std::vector<std::vector<std::uint32_t>> supports_;  // by member: members
  std::vector<std::vector<std::uint32_t>> users_;     // by set: two at most
  std::vector<char> shared_;                          // by set
  std::vector<std::pair<std::uint32_t, std::uint32_t>> owned_by_;
  std::uint32_t tied_ = kNobody;
  bool entwined_ = false;
};

}  // namespace

tl::expected<Split, std::string> split_block(const Model& model, const std::vector<ComponentId>& members) {
  return Splitter(model, members).run();
}

}  // namespace nines::structure
