// Source texts and the places in them that problems point at.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace nines::text {

using SourceId = std::uint32_t;

// A text that a person wrote: a model file, standard input, or one `--set` option.
struct Source {
  std::string name;                        // as shown after `-->`: `shop.yaml`, `--set`, `-`
  std::string text;                        // the bytes as read
  std::vector<std::uint32_t> line_begins;  // offsets, the first 0
};

// A span of bytes [begin, end) of one source. An empty span is a point.
struct Place {
  SourceId source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

// Line and column as editors count them, both from 1; the column counts characters (UTF-8 code points).
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// Every source of one run. Append-only, so a Place stays valid for as long as this lives.
class Sources {
 public:
  SourceId add(std::string name, std::string text);
  [[nodiscard]] const Source& operator[](SourceId id) const { return sources_[id]; }
  [[nodiscard]] std::size_t size() const { return sources_.size(); }

  [[nodiscard]] std::string_view excerpt(Place place) const;                          // the bytes of the span
  [[nodiscard]] LineColumn line_column(Place place) const;                            // of the span's begin
  [[nodiscard]] std::string_view line(SourceId id, std::uint32_t line_number) const;  // without its line end

 private:
  std::deque<Source> sources_;
};

}  // namespace nines::text
