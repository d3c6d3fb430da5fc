#include "model/description/cycles.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nines {
namespace {

using text::Entry;
using text::Node;
using text::Place;

class Cycles {
 public:
  Cycles(Reader& reader, const std::vector<Component>& components, const std::vector<const Entry*>& entries)
      : reader_(reader), components_(components), entries_(entries) {}

  // Infrastructure must not stand on itself. Depth first with a stack of its own.
  void run() {
    enum : char { kNew, kOpen, kDone };
    std::vector<char> mark(components_.size(), kNew);
    std::vector<ComponentId> path;
    for (ComponentId root = 0; root < components_.size(); ++root) {
      std::vector<ComponentId> stack{root};
      while (!stack.empty()) {
        const ComponentId id = stack.back();
        if (mark[id] != kNew) {
          stack.pop_back();
          if (mark[id] == kOpen && !path.empty() && path.back() == id) {
            mark[id] = kDone;
            path.pop_back();
          }
          continue;
        }
        mark[id] = kOpen;
        path.push_back(id);
        bool circular = false;
        for_each_support(components_[id], [&](ComponentId on) {
          if (mark[on] == kOpen && !circular) {
            circular = true;
            report_cycle(path, on);
          }
          if (mark[on] == kNew) stack.push_back(on);
        });
      }
    }
  }

 private:
  // Where a component says that it stands on that entry.
  Place place_of_support(ComponentId id, ComponentId on) const {
    const auto& placement = components_[id].placement;
    const bool placed = std::find(placement.begin(), placement.end(), on) != placement.end();
    const Entry* key = entries_[id]->value.find(placed ? "placement" : "needs");
    if (!key) return entries_[id]->key_place;
    for (const Node& item : key->value.items)
      if (item.is_scalar() && item.scalar == components_[on].name) return item.place;
    return key->value.place;
  }

  void report_cycle(const std::vector<ComponentId>& path, ComponentId back_to) {
    std::string words;
    constexpr std::ptrdiff_t kShown = 10;
    const auto begin = std::find(path.begin(), path.end(), back_to);
    for (auto it = begin; it != path.end(); ++it)
      if (it - begin < kShown || it + 1 == path.end())
        words += components_[*it].name + " -> ";
      else if (it - begin == kShown)
        words += "... -> ";
    reader_.error(place_of_support(path.back(), back_to), "circular",
                  fmt::format("`{}` stands on itself", components_[back_to].name), "closes the circle",
                  fmt::format("{}{}: take one of these out", words, components_[back_to].name));
  }

  Reader& reader_;
  const std::vector<Component>& components_;
  const std::vector<const Entry*>& entries_;
};

}  // namespace

void report_cycles(Reader& reader, const std::vector<Component>& components, const std::vector<const Entry*>& entries) {
  Cycles(reader, components, entries).run();
}

}  // namespace nines
