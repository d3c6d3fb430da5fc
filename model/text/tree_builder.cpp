#include "model/text/tree_builder.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nines::text {

Place TreeBuilder::place(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text_.size());
  end = std::clamp(end, begin, text_.size());
  return {part_.source, part_.begin + static_cast<std::uint32_t>(begin), part_.begin + static_cast<std::uint32_t>(end)};
}

Problem& TreeBuilder::report(std::size_t begin, std::size_t end, std::string code, std::string message,
                             std::string label, std::string help) {
  Problem problem;
  problem.code = std::move(code);
  problem.message = std::move(message);
  problem.place = place(begin, end);
  problem.label = std::move(label);
  if (!help.empty()) problem.helps.push_back(std::move(help));
  problems.push_back(std::move(problem));
  return problems.back();
}

std::size_t TreeBuilder::offset(const YAML::Mark& mark) const {
  return mark.pos < 0 ? text_.size() : std::min(text_.size(), static_cast<std::size_t>(mark.pos) + skipped_);
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents < 2) return;
  const std::size_t at = offset(mark);
  const std::size_t dashes = text_.rfind("---", at);
  const std::size_t begin = dashes == std::string_view::npos ? at : dashes;
  report(begin, begin + 3, "two-documents", "a second YAML document begins here", "second document",
         "one file holds one model: put the second into a file of its own");
  throw StopParsing{};
}

void TreeBuilder::count(std::size_t begin) {
  if (++nodes_ <= limits_.nodes) return;
  report(begin, begin + 1, "too-large", fmt::format("the file has more than {} values", limits_.nodes), "", "");
  throw StopParsing{};
}

void TreeBuilder::check_properties(std::size_t begin, const std::string& tag, YAML::anchor_t anchor) {
  if (anchor != YAML::NullAnchor) {
    const std::size_t at = text_.rfind('&', begin);
    const std::size_t from = at == std::string_view::npos ? begin : at;
    report(from, text_.find_first_of(" \t\r\n,]}", from), "anchor", "anchors (`&name`) and aliases are not read",
           "an anchor", "give values that several places share a name under `parameters:` or `types:`");
  }
  if (!tag.empty() && tag != "?" && tag != "!") {
    const std::size_t at = text_.rfind('!', begin);
    const std::size_t from = at == std::string_view::npos ? begin : at;
    report(from, text_.find_first_of(" \t\r\n,]}", from), "tag", "YAML tags (`!name`) are not read", "a tag",
           "take it out");
  }
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  const std::size_t begin = offset(mark);
  count(begin);
  report(begin, text_.find_first_of(" \t\r\n,]}:", begin), "anchor", "anchors and aliases (`*name`) are not read",
         "an alias", "give values that several places share a name under `parameters:` or `types:`");
  Node node;
  node.place = place(begin, begin + 1);
  add(std::move(node));
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  std::size_t begin = offset(mark);
  count(begin);
  check_properties(begin, "", anchor);
  Node node;
  node.place = place(begin, begin);
  // The parser marks where the next thing stands; what is missing is missing behind the key.
  if (!frames_.empty() && frames_.back().has_key) {
    node.place = frames_.back().entry.key_place;
    node.place.begin = node.place.end;
  }
  add(std::move(node));
}

std::size_t TreeBuilder::end_of_scalar(std::size_t begin, const std::string& value, bool& quoted) {
  const char first = begin < text_.size() ? text_[begin] : '\0';
  quoted = first == '"' || first == '\'';
  if (quoted) {
    for (std::size_t i = begin + 1; i < text_.size(); ++i) {
      if (first == '"' && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == first) {
        if (first == '\'' && i + 1 < text_.size() && text_[i + 1] == '\'')
          ++i;
        else
          return i + 1;
      }
    }
    report(begin, begin + 1, "syntax", "this quote is never closed", "opened here",
           fmt::format("close it with another {}", first));
    return text_.size();
  }
  if (first == '|' || first == '>') return begin + 1;
  if (text_.substr(begin, value.size()) == value) return begin + value.size();
  // Folded over several lines: match it blank by blank.
  std::size_t at = begin;
  for (const char c : value) {
    if (c == ' ' || c == '\n') {
      at = text_.find_first_not_of(" \t\r\n", at);
    } else if (at < text_.size() && text_[at] == c) {
      ++at;
    }
    if (at == std::string_view::npos) return text_.size();
  }
  return at;
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const std::size_t begin = offset(mark);
  count(begin);
  check_properties(begin, tag, anchor);
  Node node;
  node.kind = Node::Kind::scalar;
  node.scalar = value;
  node.place = place(begin, end_of_scalar(begin, value, node.quoted));
  if (!node.quoted && (value == "~" || value == "null")) node.kind = Node::Kind::null;
  add(std::move(node));
}

void TreeBuilder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
  const std::size_t begin = offset(mark);
  count(begin);
  check_properties(begin, tag, anchor);
  if (frames_.size() >= limits_.depth) {
    report(begin, begin + 1, "too-deep", fmt::format("values are nested more than {} deep", limits_.depth), "here", "");
    throw StopParsing{};
  }
  Frame frame;
  frame.node.kind = kind;
  frame.node.place = place(begin, begin + 1);
  frames_.push_back(std::move(frame));
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  open(mark, tag, anchor, Node::Kind::sequence);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(mark, tag, anchor, Node::Kind::mapping);
}

void TreeBuilder::close() {
  Node node = std::move(frames_.back().node);
  frames_.pop_back();
  const std::size_t begin = node.place.begin - part_.begin;
  std::size_t end = node.place.end;
  if (node.is_sequence() && !node.items.empty()) end = std::max<std::size_t>(end, node.items.back().place.end);
  if (node.is_mapping() && !node.entries.empty()) end = std::max<std::size_t>(end, node.entries.back().value.place.end);
  end -= part_.begin;
  const char first = begin < text_.size() ? text_[begin] : '\0';
  if (first == '[' || first == '{') {
    const std::size_t bracket = text_.find_first_of("]}", end);
    if (bracket != std::string_view::npos) end = bracket + 1;
  }
  node.place = place(begin, end);
  add(std::move(node));
}

void TreeBuilder::add(Node node) {
  if (frames_.empty()) {
    root = std::move(node);
    return;
  }
  Frame& frame = frames_.back();
  if (frame.node.is_sequence()) {
    frame.node.items.push_back(std::move(node));
  } else if (!frame.has_key) {
    take_key(std::move(node));
  } else {
    frame.entry.value = std::move(node);
    if (!frame.refused) frame.node.entries.push_back(std::move(frame.entry));
    frame.entry = {};
    frame.has_key = false;
  }
}

void TreeBuilder::take_key(Node node) {
  Frame& frame = frames_.back();
  frame.has_key = true;
  frame.refused = true;
  frame.entry.key_place = node.place;
  const std::size_t begin = node.place.begin - part_.begin, end = node.place.end - part_.begin;
  if (!node.is_scalar() && node.scalar.empty()) {
    report(begin, end, "syntax", "a key must be a name", "not a name", "write `name: value`");
    return;
  }
  if (node.scalar == "<<" && !node.quoted) {
    report(begin, end, "anchor", "merge keys (`<<`) are not read", "a merge key",
           "give what several components share a name under `types:` and write `type: name`");
    return;
  }
  const auto [first, fresh] = frame.keys.emplace(node.scalar, node.place);
  if (!fresh) {
    const auto before = std::count(text_.begin(), text_.begin() + (first->second.begin - part_.begin), '\n') + 1;
    Problem& problem = report(begin, end, "duplicate-key", fmt::format("`{}` stands here twice", node.scalar),
                              "given again", "keep one of them");
    problem.notes.push_back(fmt::format("first given on line {}", before));
    return;
  }
  frame.refused = false;
  frame.entry.key = std::move(node.scalar);
}

}  // namespace nines::text
