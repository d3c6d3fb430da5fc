// Clusters of groups that are equal but for their names: explored and solved once.
#pragma once

#include <optional>
#include <vector>

#include "model/description/model.hpp"

namespace nines::markov {

// The clusters met so far, one of each kind.
class AlikeClusters {
 public:
  // `told_apart`: by component, what the rest of the model wants to know of it; only what is equal in this is alike.
  AlikeClusters(const Model& model, std::vector<std::vector<char>> told_apart);

  // The number under which an equal cluster was met before: its members are, one by one in ascending order, those of
  // this one, and stand on the same shared infrastructure. If there is none, this one is kept under its number.
  // `members`: of the cluster, what it shares included.
  [[nodiscard]] std::optional<std::uint32_t> meet(std::uint32_t number, const std::vector<ComponentId>& own,
                                                  const std::vector<ComponentId>& members);

 private:
  struct Kind {
    std::uint32_t number;
    std::vector<ComponentId> own, members;
  };
  [[nodiscard]] bool same(const Kind& a, const Kind& b) const;

  const Model& model_;
  std::vector<std::vector<char>> told_apart_;
  std::vector<char> struck_;  // by component, by a common cause
  std::vector<Kind> kinds_;
};

}  // namespace nines::markov
