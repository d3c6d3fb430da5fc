// One component or infrastructure entry: its nodes, its redundancy, and what it stands on by name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/description/model.hpp"
#include "model/description/read_unit.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Equal units have one number.
class UnitTable {
 public:
  UnitId add(Unit unit);
  [[nodiscard]] std::vector<Unit> take() { return std::move(units_); }
  [[nodiscard]] const Unit& operator[](UnitId id) const { return units_[id]; }

 private:
  std::vector<Unit> units_;
  std::map<std::string, UnitId> number_;  // by canonical text
};

struct TypeTable {
  struct Type {
    const text::Entry* entry = nullptr;
    bool used = false;
  };
  std::map<std::string, Type> types;
};

// The type that a scalar names, which is used then. Reports one that is not there.
[[nodiscard]] const text::Entry* find_type(Reader& reader, const text::Node& name, TypeTable& types);

// Placement and needs, the assembly of `of:`, and what takes it down as a whole are left for when all names are known.
// Problems are reported.
[[nodiscard]] Component read_component(Reader& reader, const text::Entry& entry, bool infrastructure, TypeTable& types,
                                       UnitTable& units, Resources& resources);

// The canonical text of a unit, a component: equal for two spellings of the same thing.
[[nodiscard]] std::string canonical(const Unit& unit);
[[nodiscard]] std::string canonical(const Law& law);

}  // namespace nines
