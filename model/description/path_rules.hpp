// What a path of `--set` may name, and what a new value takes the place of.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/description/keys.hpp"
#include "model/text/node.hpp"

namespace nines {

// Sections whose entries a path may name without them, where the name is of one thing.
inline constexpr const char* kPathSections[] = {"components", "infrastructure", "chains", "networks",
                                                "types",      "crews",          "spares", "common_causes",
                                                "assemblies", "parameters"};

[[nodiscard]] std::vector<std::string> split_path(std::string_view path);
// Who owns the keys of a section's entries.
[[nodiscard]] Owner owner_of(std::string_view section);

void remove_keys(text::Node& mapping, const std::function<bool(const std::string&)>& drop);

[[nodiscard]] std::uint32_t known_by(const std::string& redundancy);

// Whether a key that is not written may be: those of a failure mode or step do; the other ways to give a law's
// parameters don't.
[[nodiscard]] bool may_stand(const text::Node& mapping, const std::string& key);

// Takes out what says the same as `key` in another way.
void clear_slot(text::Node& mapping, const std::string& key);

}  // namespace nines
