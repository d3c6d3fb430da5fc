#include "model/description/reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/text/nearest.hpp"

namespace nines {

using text::Node;
using text::Place;
using text::Problem;

Problem& Reader::error(Place place, std::string code, std::string message, std::string label, std::string help) {
  Problem problem;
  problem.code = std::move(code);
  problem.message = std::move(message);
  problem.place = place;
  problem.label = std::move(label);
  if (!help.empty()) problem.helps.push_back(std::move(help));
  problems_.push_back(std::move(problem));
  return problems_.back();
}

Problem& Reader::warning(Place place, std::string code, std::string message, std::string label, std::string help) {
  Problem& problem = error(place, std::move(code), std::move(message), std::move(label), std::move(help));
  problem.severity = text::Severity::warning;
  return problem;
}

bool Reader::any_errors() const {
  return std::any_of(problems_.begin(), problems_.end(),
                     [](const Problem& p) { return p.severity == text::Severity::error; });
}

bool Reader::misspelt(const Node& mapping, Owner owner, std::string_view key) const {
  return std::any_of(mapping.entries.begin(), mapping.entries.end(), [&](const text::Entry& entry) {
    return !find_key(entry.key, owner) && text::nearest(entry.key, key_names(owner)) == key;
  });
}

bool Reader::expect_mapping(const Node& node, const std::string& what) {
  if (node.is_mapping()) return true;
  if (node.reported) return false;
  error(node.place, "wrong-kind", fmt::format("{} must be a mapping of keys to values", what),
        node.kind == Node::Kind::null ? "nothing here" : "not a mapping",
        "write `key: value` lines below it, or `{key: value}`");
  return false;
}

void Reader::check_keys(const Node& mapping, Owner owner, const std::string& what) {
  for (const text::Entry& entry : mapping.entries) {
    const Key* key = find_key(entry.key, owner);
    if (key && !key->later) continue;
    if (key) {
      error(entry.key_place, "not-supported-yet", fmt::format("`{}` is not supported yet", entry.key),
            "not supported yet", "a later version of nines reads it; leave it out for now");
      continue;
    }
    Problem& problem =
        error(entry.key_place, "unknown-key", fmt::format("{} has no key `{}`", what, entry.key), "unknown key");
    if (entry.key.front() >= '0' && entry.key.front() <= '9' && entry.value.kind == Node::Kind::null) {
      problem.helps.emplace_back("a comma inside `{ }` separates entries: write a number without one");
      continue;
    }
    const auto known = key_names(owner);
    const std::string suggestion = text::did_you_mean(entry.key, known);
    if (!suggestion.empty()) {
      problem.helps.push_back(suggestion);
    } else {
      std::string list;
      for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
      problem.helps.push_back("it takes " + list);
    }
  }
}

std::optional<std::string> Reader::scalar(const Node& node, std::string_view wanted) {
  if (node.is_scalar()) return node.scalar;
  if (node.reported) return std::nullopt;
  const char* found = node.is_mapping() ? "a mapping" : node.is_sequence() ? "a list" : "nothing here";
  error(node.place, "wrong-kind", fmt::format("expected {}, found {}", wanted, found), found);
  return std::nullopt;
}

template <class T>
std::optional<T> Reader::converted(const Node& node, std::string_view wanted, Read<T> (*read)(std::string_view)) {
  const auto text = scalar(node, wanted);
  if (!text) return std::nullopt;
  auto value = read(*text);
  if (value) return *value;
  Misread& wrong = value.error();
  error(node.place, std::move(wrong.code), std::move(wrong.message), std::move(wrong.label), std::move(wrong.help));
  return std::nullopt;
}

std::optional<double> Reader::duration(const Node& node) {
  return converted(node, kind_in_words(ValueKind::duration), read_duration);
}

std::optional<double> Reader::longer_than_nothing(const Node& node, std::optional<double> hours) {
  if (!hours || *hours > 0) return hours;
  error(node.place, "not-positive", "this time must be longer than nothing", "is 0");
  return std::nullopt;
}

std::optional<double> Reader::positive_duration(const Node& node) {
  return longer_than_nothing(node, duration(node));
}

std::optional<double> Reader::period(const Node& node) {
  return longer_than_nothing(node, converted(node, kind_in_words(ValueKind::period), read_period));
}

std::optional<double> Reader::probability(const Node& node) {
  return converted(node, kind_in_words(ValueKind::probability), read_probability);
}

std::optional<std::uint32_t> Reader::count(const Node& node) {
  return converted(node, kind_in_words(ValueKind::count), read_count);
}

std::optional<std::uint32_t> Reader::stock(const Node& node) {
  if (node.is_scalar() && node.scalar == "0") return 0;
  if (node.is_scalar() && node.scalar.starts_with('-')) {
    error(node.place, "count", fmt::format("`{}` is less than 0", node.scalar), "must be at least 0");
    return std::nullopt;
  }
  return converted(node, kind_in_words(ValueKind::stock), read_count);
}

std::optional<double> Reader::number(const Node& node) {
  return converted(node, kind_in_words(ValueKind::number), read_number);
}

std::optional<double> Reader::rate(const Node& node) {
  return converted(node, kind_in_words(ValueKind::rate), read_rate);
}

std::optional<std::string> Reader::word(const Node& node, const Key& key) {
  const auto words = words_of(key);
  std::string list;
  for (const std::string& name : words) list += (list.empty() ? "`" : ", `") + name + "`";
  const auto text = scalar(node, "one of " + list);
  if (!text) return std::nullopt;
  if (std::find(words.begin(), words.end(), *text) != words.end()) return text;
  Problem& problem = error(node.place, "unknown-word", fmt::format("`{}` knows no `{}`", key.name, *text), "unknown",
                           text::did_you_mean(*text, words));
  problem.helps.push_back("it is one of " + list);
  return std::nullopt;
}

std::optional<bool> Reader::flag(const Node& node) {
  const auto text = scalar(node, kind_in_words(ValueKind::flag));
  if (!text) return std::nullopt;
  if (*text == "true" || *text == "false") return *text == "true";
  error(node.place, "unknown-word", fmt::format("expected `true` or `false`, found `{}`", *text), "neither of them",
        "write `true` or `false`");
  return std::nullopt;
}

std::optional<std::vector<const Node*>> Reader::names(const Node& node, const std::string& what) {
  std::vector<const Node*> list;
  if (node.is_sequence()) {
    for (const Node& item : node.items) {
      if (!scalar(item, "a name")) return std::nullopt;
      list.push_back(&item);
    }
    if (list.empty()) {
      error(node.place, "empty-list", fmt::format("{} is an empty list", what), "nothing in it",
            "leave the key out, or name something");
      return std::nullopt;
    }
    return list;
  }
  if (!scalar(node, "a name or a list of names")) return std::nullopt;
  list.push_back(&node);
  return list;
}

}  // namespace nines
