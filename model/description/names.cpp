#include "model/description/names.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nines {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string printable(std::string_view name) {
  std::string text;
  for (const char c : name.substr(0, 40))
    text += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? fmt::format("\\x{:02x}", static_cast<unsigned char>(c))
                                                              : std::string(1, c);
  return text;
}

}  // namespace

bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  if (text.empty() || text.size() > kLongest || !is_letter(text.front())) return false;
  if (text == "and" || text == "or" || text == "of") return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

bool check_name(Reader& reader, std::string_view name, text::Place place) {
  if (is_name(name)) return true;
  const bool word = name == "and" || name == "or" || name == "of";
  reader.error(place, "bad-name", fmt::format("`{}` can't be a name", printable(name)),
               word                ? "a word of expressions"
               : name.size() > 100 ? "longer than 100 characters"
                                   : "not a name",
               "a name has letters, digits, `_` and `-`, and begins with a letter");
  return false;
}

}  // namespace nines
