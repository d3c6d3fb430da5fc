#include "model/text/source.hpp"

#include <algorithm>

namespace nines::text {

SourceId Sources::add(std::string name, std::string text) {
  Source source{std::move(name), std::move(text), {0}};
  for (std::size_t i = source.text.find('\n'); i != std::string::npos; i = source.text.find('\n', i + 1))
    source.line_begins.push_back(static_cast<std::uint32_t>(i + 1));
  sources_.push_back(std::move(source));
  return static_cast<SourceId>(sources_.size() - 1);
}

std::string_view Sources::excerpt(Place place) const {
  const std::string_view text = sources_[place.source].text;
  const std::size_t begin = std::min<std::size_t>(place.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(place.end, begin, text.size());
  return text.substr(begin, end - begin);
}

LineColumn Sources::line_column(Place place) const {
  const Source& source = sources_[place.source];
  const std::string_view text = source.text;
  const std::size_t at = std::min<std::size_t>(place.begin, text.size());
  const auto next = std::upper_bound(source.line_begins.begin(), source.line_begins.end(), at);
  LineColumn result;
  result.line = static_cast<std::uint32_t>(next - source.line_begins.begin());
  const std::size_t line_begin = *(next - 1);
  // Bytes 10xxxxxx continue a character.
  result.column += static_cast<std::uint32_t>(std::count_if(
      text.begin() + static_cast<std::ptrdiff_t>(line_begin), text.begin() + static_cast<std::ptrdiff_t>(at),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  return result;
}

std::string_view Sources::line(SourceId id, std::uint32_t line_number) const {
  const Source& source = sources_[id];
  if (line_number < 1 || line_number > source.line_begins.size()) return {};
  const std::string_view text = source.text;
  const std::size_t begin = source.line_begins[line_number - 1];
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace nines::text
