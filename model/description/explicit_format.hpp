// The text of PRISM's explicit files (prismmodelchecker.org/manual/Appendices/ExplicitModelFiles), parsed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace nines::explicit_format {

// What is wrong with a file, and where; an offset in its text.
struct Malformed {
  std::string message, label, help;
  std::size_t begin = 0, end = 0;
};

template <class T>
using Parsed = tl::expected<T, Malformed>;

// Of a `.tra` file: `states transitions` on its first line, then `from to rate` on each.
struct Transitions {
  std::uint32_t states = 0;
  std::vector<std::uint32_t> from, to;
  std::vector<double> rate;  // positive
};
[[nodiscard]] Parsed<Transitions> parse_transitions(std::string_view text);

// Of a `.lab` file: `0="init" 1="minimum"` on its first line, then `17: 0 1` on each.
struct Labels {
  std::vector<std::string> names;  // in order of the file
  std::vector<char> up;            // by state: whether it has the label that was asked for
  std::uint32_t start = 0;         // the state labelled `init`, else the first
  bool known = false;              // the label that was asked for
};
[[nodiscard]] Parsed<Labels> parse_labels(std::string_view text, const std::string& label, std::uint32_t states);

}  // namespace nines::explicit_format
