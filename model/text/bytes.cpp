#include "model/text/bytes.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace nines::text {
namespace {

// Length of the well-formed UTF-8 sequence at `i` (RFC 3629), or 0.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const auto continues = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(i);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return continues(i + 1) ? 2 : 0;
  if (first >= 0xE0U && first <= 0xEFU) {
    const bool overlong = first == 0xE0U && byte(i + 1) < 0xA0U;
    const bool surrogate = first == 0xEDU && byte(i + 1) > 0x9FU;
    return continues(i + 1) && continues(i + 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    const bool overlong = first == 0xF0U && byte(i + 1) < 0x90U;
    const bool beyond = first == 0xF4U && byte(i + 1) > 0x8FU;
    return continues(i + 1) && continues(i + 2) && continues(i + 3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

Problem at(Place part, std::size_t offset, std::size_t length, std::string code, std::string message, std::string label,
           std::string help) {
  Problem problem;
  problem.code = std::move(code);
  problem.message = std::move(message);
  problem.place = {part.source, part.begin + static_cast<std::uint32_t>(offset),
                   part.begin + static_cast<std::uint32_t>(offset + length)};
  problem.label = std::move(label);
  if (!help.empty()) problem.helps.push_back(std::move(help));
  return problem;
}

}  // namespace

std::optional<Problem> check_bytes(const Sources& sources, Place part) {
  const std::string_view text = sources.excerpt(part);
  bool indenting = true;  // only blanks so far on this line
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    const auto byte = static_cast<unsigned char>(text[i]);
    if (length == 0)
      return at(part, i, 1, "invalid-utf8", fmt::format("byte 0x{:02X} is not part of any UTF-8 character", byte),
                "not UTF-8", "save the file as UTF-8");
    const bool c1 = byte == 0xC2U && length == 2 && static_cast<unsigned char>(text[i + 1]) < 0xA0U;
    if ((byte < 0x20U && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7FU || c1)
      return at(
          part, i, length, "control-character",
          fmt::format("control character 0x{:02X} in the text", c1 ? static_cast<unsigned char>(text[i + 1]) : byte),
          "not allowed", "take it out; a model file is plain text");
    if (byte == '\n') {
      indenting = true;
    } else if (byte == '\t' && indenting) {
      const std::size_t rest = text.find_first_not_of(" \t", i);
      const bool blank =
          rest == std::string_view::npos || text[rest] == '\n' || text[rest] == '\r' || text[rest] == '#';
      if (!blank)
        return at(part, i, 1, "tab", "a tab indents this line", "a tab",
                  "YAML indents with spaces only: put spaces in its place");
    } else if (byte != ' ') {
      indenting = false;
    }
    i += length;
  }
  return std::nullopt;
}

std::optional<Problem> check_depth(const Sources& sources, Place part, std::size_t depth) {
  const std::string_view text = sources.excerpt(part);
  const auto too_deep = [&](std::size_t i) {
    return at(part, i, 1, "too-deep", fmt::format("values are nested more than {} deep", depth), "here", "");
  };
  std::size_t open = 0, dashes = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char before = i > 0 ? text[i - 1] : '\n';
    if (quote != '\0') {
      if (c == '\\' && quote == '"')
        ++i;
      else if (c == quote)
        quote = '\0';
      continue;
    }
    const bool begins = std::string_view(" \t\n[{,:").find(before) != std::string_view::npos;
    if ((c == '"' || c == '\'') && begins) {
      quote = c;
    } else if (c == '#' && (before == ' ' || before == '\t' || before == '\n')) {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (c == '[' || c == '{') {
      if (++open > depth) return too_deep(i);
    } else if ((c == ']' || c == '}') && open > 0) {
      --open;
    } else if (c == '-' && begins) {
      if (++dashes > depth) return too_deep(i);
    } else if (c != ' ') {
      dashes = 0;
    }
  }
  return std::nullopt;
}

}  // namespace nines::text
