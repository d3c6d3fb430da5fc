// Walks from names to all that they stand on, each name and part once a walk.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/structure/partition.hpp"

namespace nines::structure {

class Reach {
 public:
  explicit Reach(const Support& support);

  // The first and the last term that mention something which a name, with what it asks for, shares. By name.
  struct Spread {
    std::uint32_t first = UINT32_MAX, last = 0;
  };
  [[nodiscard]] std::vector<Spread> spread(const std::vector<Expression::Term>& terms) const;

  // A new walk: nothing has been visited.
  void begin() { ++walk_; }
  // Goes from a name to what nobody has visited yet. `meet(visitor)`: who was at a name or part before, and is somebody
  // else. `found(part)`: a part, for the first time.
  template <class Meet, class Found>
  void visit(ComponentId name, std::uint32_t visitor, Meet&& meet, Found&& found) {
    stack_.assign(1, name);
    while (!stack_.empty()) {
      const ComponentId at = stack_.back();
      stack_.pop_back();
      if (!enter(names_[at], visitor, meet)) continue;
      for (const std::uint32_t part : support_.parts[at])
        if (enter(parts_[part], visitor, meet)) found(part);
      if (!support_.asks.empty()) stack_.insert(stack_.end(), support_.asks[at].begin(), support_.asks[at].end());
    }
  }

 private:
  struct Mark {
    std::uint32_t walk = 0, visitor = 0;
  };
  template <class Meet>
  bool enter(Mark& mark, std::uint32_t visitor, Meet&& meet) const {
    if (mark.walk != walk_) {
      mark = {walk_, visitor};
      return true;
    }
    if (mark.visitor != visitor) meet(mark.visitor);
    return false;
  }
  // The names that the terms reach, those that ask before those that are asked for.
  [[nodiscard]] std::vector<ComponentId> askers_first(const std::vector<Expression::Term>& terms) const;

  const Support& support_;
  std::uint32_t walk_ = 0;
  std::vector<Mark> names_, parts_;
  std::vector<ComponentId> stack_;
};

}  // namespace nines::structure
