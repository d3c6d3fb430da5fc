// Small changes of a model's tree, before it is checked.
#pragma once

#include <string>

#include "model/text/node.hpp"

namespace nines {

// A parameter's value, where a record holds it or it stands by itself.
[[nodiscard]] text::Node& value_of(text::Entry& parameter);

// What `$name` stands for is copied to where it is used: a path that goes on into it changes that place only.
void follow(text::Node& tree, text::Node& node);

// The word as written, or what the parameter in its place stands for.
[[nodiscard]] std::string redundancy_of(text::Node& tree, const text::Node& component);

// The entry of a key, with this value. `place`: of a key that was not there.
text::Entry& set_entry(text::Node& mapping, const std::string& key, text::Node value, text::Place place);

// The mapping of a key, a fresh one where there is none.
text::Node& mapping_at(text::Node& owner, const std::string& key, text::Place place);

// `dba: 1` as `dba: {size: 1}`.
void write_out_size(text::Node& crew);

}  // namespace nines
