#include "model/description/parameters.hpp"

#include <map>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

class Substitution {
 public:
  Substitution(Reader& reader, Node& document) : reader_(reader), document_(document) {}

  std::vector<Parameter> run() {
    if (const Entry* section = document_.find("parameters")) declare(section->value);
    for (Declared& declared : declared_) resolve(declared);  // those too that nothing uses
    for (Entry& entry : document_.entries)
      if (entry.key != "parameters" && entry.key != "designs") put_in(entry.value);
    std::vector<Parameter> list;
    for (auto& declared : declared_) list.push_back(std::move(declared.parameter));
    return list;
  }

 private:
  struct Declared {
    Parameter parameter;
    Node value;
    std::size_t size = 1;  // of the value, parameters put in
    enum class State { waiting, open, done } state = State::waiting;
  };

  void declare(const Node& section) {
    if (!reader_.expect_mapping(section, "`parameters`")) return;
    for (const Entry& entry : section.entries) {
      const std::string what = fmt::format("parameter `{}`", entry.key);
      if (!check_name(reader_, entry.key, entry.key_place)) continue;
      Declared declared;
      declared.parameter.name = entry.key;
      declared.parameter.place = entry.key_place;
      const Node* value = &entry.value;
      if (is_record(entry.value)) {
        reader_.check_keys(entry.value, kParameterOwner, what);
        const Entry* given = entry.value.find("value");
        if (!given) {
          reader_.error(entry.key_place, "missing-key", fmt::format("{} has no value", what), "no `value`",
                        "add `value: 4 h`");
          continue;
        }
        value = &given->value;
        if (const Entry* range = entry.value.find("range")) read_range(range->value, declared.parameter);
        if (const Entry* note = entry.value.find("note"))
          if (const auto words = reader_.scalar(note->value, "a text")) declared.parameter.note = *words;
      }
      declared.value = *value;
      declared.parameter.value = std::string(reader_.sources().excerpt(value->place));
      number_[entry.key] = declared_.size();
      declared_.push_back(std::move(declared));
    }
  }

  // `{value: 4 h, range: [...]}` and not a law.
  static bool is_record(const Node& node) {
    return node.is_mapping() && (node.find("value") || node.find("range") || node.find("note") || node.entries.empty());
  }

  void read_range(const Node& node, Parameter& parameter) {
    if (!node.is_sequence() || node.items.size() != 2) {
      reader_.error(node.place, "wrong-kind", "a range has two ends", "not a list of two",
                    "write `range: [5 min, 4 h]`");
      return;
    }
    for (const Node& item : node.items)
      if (const auto end = reader_.scalar(item, "a value")) parameter.range.push_back(*end);
  }

  // A parameter may be used within another's value, so this calls itself; `open` bounds it to the number of parameters,
  // and a tree of values is no deeper than the reader allows.
  void put_in(Node& node) {
    if (is_use(node)) {
      if (const Declared* declared = value_of(node)) {
        const text::Place place = node.place;
        node = declared->value;
        node.place = place;
      } else {
        node.scalar.clear();
        node.kind = Node::Kind::null;
        node.reported = true;
      }
      return;
    }
    for (Node& item : node.items) put_in(item);
    for (Entry& entry : node.entries) put_in(entry.value);
  }

  // `$name`; in JSON every text is quoted.
  static bool is_use(const Node& node) {
    if (!node.is_scalar() || node.scalar.size() < 2 || node.scalar[0] != '$') return false;
    return !node.quoted || is_name(std::string_view(node.scalar).substr(1));
  }

  static std::size_t size_of(const Node& node) {
    std::size_t size = 1;
    for (const Node& item : node.items) size += size_of(item);
    for (const Entry& entry : node.entries) size += size_of(entry.value);
    return size;
  }

  void resolve(Declared& declared) {
    if (declared.state != Declared::State::waiting) return;
    declared.state = Declared::State::open;
    ++depth_;
    put_in(declared.value);
    --depth_;
    declared.state = Declared::State::done;
    declared.size = size_of(declared.value);
  }

  const Declared* value_of(const Node& use) {
    const std::string name = use.scalar.substr(1);
    const auto found = number_.find(name);
    if (found == number_.end()) {
      std::vector<std::string> names;
      for (const auto& declared : declared_) names.push_back(declared.parameter.name);
      const std::string suggestion = text::did_you_mean(name, names);
      reader_.error(
          use.place, "unknown-parameter", fmt::format("there is no parameter `{}`", name), "unknown parameter",
          suggestion.empty() ? fmt::format("declare it under `parameters:`, as `{}: 4 h`", name) : suggestion);
      return nullptr;
    }
    Declared& declared = declared_[found->second];
    declared.parameter.used = true;
    if (depth_ > kDeepest && declared.state == Declared::State::waiting) {
      reader_.error(use.place, "too-deep", fmt::format("parameters stand for each other more than {} deep", kDeepest),
                    "here", "give one of them a plain value");
      return nullptr;
    }
    if (declared.state == Declared::State::open) {
      reader_.error(use.place, "circular", fmt::format("parameter `{}` stands for itself", name), "circular",
                    "give one of them a plain value");
      return nullptr;
    }
    resolve(declared);
    // Lists of lists of lists: a few lines could stand for millions of values.
    if (copied_ <= kMostCopied && (copied_ += declared.size - 1) > kMostCopied)
      reader_.error(use.place, "too-large", fmt::format("parameters stand for more than {} values", kMostCopied),
                    "here", "name what several places share under `types:`");
    return copied_ <= kMostCopied ? &declared : nullptr;
  }

  static constexpr int kDeepest = 200;
  static constexpr std::size_t kMostCopied = 200'000;

  Reader& reader_;
  Node& document_;
  std::vector<Declared> declared_;
  std::map<std::string, std::size_t> number_;
  int depth_ = 0;
  std::size_t copied_ = 0;
};

}  // namespace

std::vector<Parameter> put_in_parameters(Reader& reader, text::Node& document) {
  return Substitution(reader, document).run();
}

}  // namespace nines
