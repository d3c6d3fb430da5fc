#include <cstring>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "model/text/bytes.hpp"
#include "model/text/read.hpp"
#include "model/text/tree_builder.hpp"

namespace nines::text {

const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

Entry* Node::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));
}

namespace {

struct Wording {
  const char* parser_says;
  const char* message;
  const char* help;
};

// The parser's messages, in words for people.
constexpr Wording kWordings[] = {
    {"illegal map value", "a `:` where no value can begin",
     "one `key: value` a line; quote a text that holds `: `, and indent what belongs to a key"},
    {"illegal map key", "a key where none can begin", "is a comma, a bracket or the indentation missing before it?"},
    {"illegal block entry", "a `- ` where no list item can begin",
     "put list items on lines of their own, equally indented"},
    {"end of map flow not found", "a `{` that is never closed, or a missing comma",
     "close it with `}`; commas go between entries"},
    {"end of sequence flow not found", "a `[` that is never closed, or a missing comma",
     "close it with `]`; commas go between items"},
    {"end of map not found", "this line does not belong to what stands above it",
     "entries of one block begin in the same column; write `key: value` with a space after the colon"},
    {"end of sequence not found", "this line does not belong to the list above it",
     "list items begin with `- ` in the same column"},
    {"illegal flow end", "a closing bracket that nothing opened", "take it out"},
    {"unknown token", "a character that means nothing here", "quote a text that begins with such a character"},
    {"illegal EOF in scalar", "a quote that is never closed", "close it"},
    {"illegal tab when looking for indentation", "a tab where spaces indent", "YAML indents with spaces only"},
    {"unknown escape character", "an unknown `\\` sequence in a double-quoted text",
     "use single quotes, or write `\\\\`"},
    {"unexpected character in block scalar", "an unexpected character after `|` or `>`", ""},
};

// `key:value` without a blank is a plain text to YAML, and the next line is what it complains about.
std::optional<std::pair<std::size_t, std::size_t>> key_without_blank(std::string_view text, std::size_t at) {
  for (int lines = 0; lines < 2; ++lines) {
    const std::size_t end = std::min(text.size(), text.find('\n', at));
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t word = line.find_first_not_of(" ");
    const std::size_t colon = line.find(':');
    const bool glued =
        colon != std::string_view::npos && colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\r';
    if (glued && line.find_first_of(" \"'#{[", word) > colon) return std::pair{begin + word, begin + colon + 2};
    if (begin == 0) break;
    at = begin - 1;
  }
  return std::nullopt;
}

Problem reworded(const TreeBuilder& builder, const YAML::ParserException& error, std::size_t begin,
                 std::string_view text) {
  Problem problem;
  problem.code = "syntax";
  problem.message = "this is not YAML: " + error.msg;
  for (const Wording& wording : kWordings) {
    if (error.msg.compare(0, std::strlen(wording.parser_says), wording.parser_says) != 0) continue;
    problem.message = wording.message;
    if (*wording.help) problem.helps.emplace_back(wording.help);
    break;
  }
  if (const auto key = key_without_blank(text, std::min(begin, text.size()))) {
    problem.message = "no blank behind the colon";
    problem.place = builder.place(key->first, key->second);
    problem.label = "read as one word";
    problem.helps = {"write `key: value` with a blank after the colon"};
    return problem;
  }
  while (begin > 0 && begin >= text.size()) --begin;
  problem.place = builder.place(begin, begin + 1);
  problem.label = "here";
  return problem;
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Expected<Node> parse(const Sources& sources, Place part, const ReadLimits& limits, bool value_only) {
  if (auto problem = check_bytes(sources, part)) return tl::unexpected(Problems{std::move(*problem)});
  if (auto problem = check_depth(sources, part, limits.depth)) return tl::unexpected(Problems{std::move(*problem)});
  const std::string_view text = sources.excerpt(part);
  const std::size_t skipped = text.substr(0, 3) == kByteOrderMark ? 3 : 0;
  std::istringstream stream{std::string(text.substr(skipped))};
  TreeBuilder builder(sources, part, skipped, limits);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const StopParsing&) {
  } catch (const YAML::ParserException& error) {
    const std::size_t at = error.mark.pos < 0 ? text.size() : static_cast<std::size_t>(error.mark.pos) + skipped;
    // A bracket that is never closed makes a key of what follows: that is no mistake of its own.
    Problem problem = reworded(builder, error, at, text);
    std::erase_if(builder.problems,
                  [&](const Problem& p) { return p.code == "syntax" && p.place.begin == problem.place.begin; });
    builder.problems.push_back(std::move(problem));
  }
  if (builder.problems.empty() && !value_only && (builder.documents == 0 || builder.root.kind == Node::Kind::null)) {
    Problem problem;
    problem.code = "empty";
    problem.message = "there is no model in this file";
    problem.place = {part.source, part.begin, part.begin};
    problem.helps.emplace_back("`nines init` prints one to start from");
    builder.problems.push_back(std::move(problem));
  }
  if (!builder.problems.empty()) return tl::unexpected(std::move(builder.problems));
  return std::move(builder.root);
}

}  // namespace

Expected<Node> read_yaml(const Sources& sources, SourceId id, const ReadLimits& limits) {
  return parse(sources, {id, 0, static_cast<std::uint32_t>(sources[id].text.size())}, limits, false);
}

Expected<Node> read_value(const Sources& sources, Place part, const ReadLimits& limits) {
  return parse(sources, part, limits, true);
}

}  // namespace nines::text
