// A document as a tree of values, each with its place. Scalars stay the text that was written.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/text/source.hpp"

namespace nines::text {

struct Entry;

struct Node {
  enum class Kind { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  Place place;                 // of the whole value
  std::string scalar;          // as written, unquoted; scalar only
  bool quoted = false;         // scalar only: "..." or '...'
  bool reported = false;       // what is wrong with it has been said: say no more
  std::vector<Node> items;     // sequence only
  std::vector<Entry> entries;  // mapping only, in order of the file

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
  // The entry of that key, or null. A mapping has each key once (the reader refuses duplicates).
  [[nodiscard]] const Entry* find(std::string_view key) const;
  [[nodiscard]] Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Place key_place;
  Node value;
};

}  // namespace nines::text
