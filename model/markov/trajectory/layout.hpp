// Which numbers are asked of a module at a point of a trajectory.
#pragma once

#include <cstddef>
#include <vector>

#include "model/description/model.hpp"

namespace nines::markov {

// What is asked of a module while what is shared stays in one state, as columns: how likely it is up, down and to be
// mended by a single component, down otherwise; passages from up to down an hour; down and up if nothing planned were
// under way; then, as Twice, before and after each move of what is shared, and if each entry that is down were up and
// as it is.
struct Layout {
  static constexpr std::size_t kUp = 0, kMendable = 1, kSeveral = 2, kPassages = 3, kPlanned = 4, kTwice = 5;
  std::size_t moves = 0;
  std::vector<ComponentId> entries;  // infrastructure that is shared, and not up
  [[nodiscard]] std::size_t width() const { return kTwice + 4 * (moves + entries.size()); }
  [[nodiscard]] std::size_t of_move(std::size_t i) const { return kTwice + 4 * i; }
  [[nodiscard]] std::size_t of_entry(std::size_t i) const { return kTwice + 4 * (moves + i); }
};

}  // namespace nines::markov
