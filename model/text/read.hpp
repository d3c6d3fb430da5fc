// From a path or bytes to a tree of values with places.
#pragma once

#include <cstddef>
#include <string>

#include "model/text/node.hpp"
#include "model/text/problem.hpp"

namespace nines::text {

struct ReadLimits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t depth = 64;
  std::size_t nodes = 1'000'000;
};

// Reads a file (`-`: standard input) into `sources`. Problems: no such file, a directory, no permission, too large.
[[nodiscard]] Expected<SourceId> read_source(Sources& sources, const std::string& path, const ReadLimits& limits = {});

// Parses a whole source as one YAML (or JSON) document. Problems: invalid UTF-8, control characters, tabs, syntax,
// anchors, aliases, tags and merge keys, duplicate keys, a second document, an empty one, too deep or too large.
[[nodiscard]] Expected<Node> read_yaml(const Sources& sources, SourceId id, const ReadLimits& limits = {});

// Parses a part of a source, the value of an option, as one YAML value (`2 h`, `{weibull: {shape: 2, mean: 3 h}}`).
[[nodiscard]] Expected<Node> read_value(const Sources& sources, Place part, const ReadLimits& limits = {});

}  // namespace nines::text
