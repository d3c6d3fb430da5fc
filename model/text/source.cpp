#include "model/text/source.hpp"

#include <algorithm>

namespace nines::text {

SourceId Sources::add(std::string name, std::string text) {
  sources_.push_back({std::move(name), std::move(text)});
  return static_cast<SourceId>(sources_.size() - 1);
}

std::string_view Sources::excerpt(Place place) const {
  const std::string_view text = sources_[place.source].text;
  const std::size_t begin = std::min<std::size_t>(place.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(place.end, begin, text.size());
  return text.substr(begin, end - begin);
}

LineColumn Sources::line_column(Place place) const {
  const std::string_view text = sources_[place.source].text;
  const std::size_t at = std::min<std::size_t>(place.begin, text.size());
  LineColumn result;
  std::size_t line_begin = 0;
  for (std::size_t i = text.find('\n'); i < at; i = text.find('\n', i + 1)) {
    ++result.line;
    line_begin = i + 1;
  }
  // Bytes 10xxxxxx continue a character.
  for (std::size_t i = line_begin; i < at; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++result.column;
  return result;
}

std::string_view Sources::line(SourceId id, std::uint32_t line_number) const {
  const std::string_view text = sources_[id].text;
  std::size_t begin = 0;
  for (std::uint32_t i = 1; i < line_number; ++i) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {};
    begin = end + 1;
  }
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace nines::text
