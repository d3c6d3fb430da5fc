#include "model/description/read_chain.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

class ChainReader {
 public:
  ChainReader(Reader& reader, const Entry& entry, ChainFiles& files)
      : reader_(reader),
        entry_(entry),
        body_(entry.value),
        files_(files),
        what_(fmt::format("chain `{}`", entry.key)) {}

  std::shared_ptr<const DrawnChain> run() {
    if (!reader_.expect_mapping(body_, what_)) return nullptr;
    const std::size_t before = reader_.count();
    reader_.check_keys(body_, kChainOwner, what_);
    if (const Entry* file = body_.find("file")) return read_file(*file);
    if (const Entry* up = body_.find("up"))
      reader_.error(up->key_place, "conflicting-keys", "`up` means nothing in a chain drawn by hand",
                    "names a label of a file", "say which states are up under `states`, or name a `file`");
    read_states();
    read_start();
    read_transitions();
    if (reader_.count() != before) return nullptr;
    set_transitions(chain_, std::move(from_), std::move(to_), std::move(rate_));
    warn_of_unreachable();
    return std::make_shared<const DrawnChain>(std::move(chain_));
  }

 private:
  std::shared_ptr<const DrawnChain> read_file(const Entry& file) {
    bool drawn = false;
    for (const char* key : {"states", "start", "transitions"})
      if (const Entry* other = body_.find(key)) {
        drawn = true;
        reader_.error(other->key_place, "conflicting-keys", fmt::format("{} has both `file` and `{}`", what_, key),
                      "the file says this", "keep one of them");
      }
    const Entry* up = body_.find("up");
    std::string label = "up";
    if (up) {
      const auto given = reader_.scalar(up->value, "the name of a label");
      if (!given) return nullptr;
      label = *given;
    }
    if (drawn || !reader_.scalar(file.value, "the name of a file")) return nullptr;
    return files_.read(reader_, file.value, label, up ? &up->value : nullptr);
  }

  // False when the key is not there, which has been reported.
  const Entry* required(const char* key, const char* example) {
    const Entry* entry = body_.find(key);
    if (!entry && !reader_.misspelt(body_, kChainOwner, key))
      reader_.error(entry_.key_place, "missing-key", fmt::format("{} has no `{}`", what_, key),
                    fmt::format("no `{}`", key), fmt::format("add `{}: {}`, or name a `file`", key, example));
    return entry;
  }

  void read_states() {
    const Entry* states = required("states", "{ok: up, broken: down}");
    if (!states || !reader_.expect_mapping(states->value, fmt::format("`states` of {}", what_))) return;
    if (states->value.entries.empty())
      reader_.error(states->value.place, "missing-key", fmt::format("{} has no states", what_), "empty",
                    "write `{ok: up, broken: down}`");
    for (const Entry& state : states->value.entries) {
      if (!check_name(reader_, state.key, state.key_place)) continue;
      const auto word = reader_.scalar(state.value, "`up` or `down`");
      if (word && *word != "up" && *word != "down")
        reader_.error(state.value.place, "unknown-word", fmt::format("a state is not `{}`", *word), "unknown",
                      "it is `up` or `down`");
      number_[state.key] = chain_.size();
      chain_.states.push_back(state.key);
      chain_.up.push_back(word && *word == "up");
      places_.push_back(state.key_place);
    }
    known_ = true;
    if (!states->value.entries.empty() && std::find(chain_.up.begin(), chain_.up.end(), 1) == chain_.up.end())
      reader_.error(states->value.place, "never-up", fmt::format("no state of {} is up", what_), "all down",
                    "write `up` for the states in which it works");
  }

  std::optional<std::uint32_t> find_state(const Node& node) {
    const auto name = reader_.scalar(node, "the name of a state");
    if (!name || !known_) return std::nullopt;
    if (const auto found = number_.find(*name); found != number_.end()) return found->second;
    const std::string suggestion = text::did_you_mean(*name, chain_.states);
    reader_.error(node.place, "unknown-state", fmt::format("{} has no state `{}`", what_, *name), "unknown state",
                  suggestion.empty() ? "declare it under `states`, as `up` or `down`" : suggestion);
    return std::nullopt;
  }

  void read_start() {
    if (const Entry* start = body_.find("start")) {
      if (const auto state = find_state(start->value)) chain_.start = *state;
      return;
    }
    const auto up = std::find(chain_.up.begin(), chain_.up.end(), 1);
    if (up != chain_.up.end()) chain_.start = static_cast<std::uint32_t>(up - chain_.up.begin());
  }

  void read_transitions() {
    const Entry* transitions = required("transitions", "[{from: ok, to: broken, mean: 900 h}]");
    if (!transitions) return;
    const Node& list = transitions->value;
    if (list.reported) return;
    if (!list.is_sequence()) {
      reader_.error(list.place, "wrong-kind", fmt::format("`transitions` of {} is a list", what_), "not a list",
                    "write `[{from: ok, to: broken, mean: 900 h}, ...]`");
      return;
    }
    if (list.items.empty())
      reader_.error(list.place, "empty-list", fmt::format("{} never moves: it has no transitions", what_),
                    "nothing in it", "write `[{from: ok, to: broken, mean: 900 h}, ...]`");
    for (const Node& item : list.items) read_transition(item);
  }

  void read_transition(const Node& node) {
    const std::string what = fmt::format("a transition of {}", what_);
    if (!reader_.expect_mapping(node, what)) return;
    reader_.check_keys(node, kTransitionOwner, what);
    std::optional<std::uint32_t> ends[2];
    const char* const keys[2] = {"from", "to"};
    for (int i = 0; i < 2; ++i) {
      const Entry* entry = node.find(keys[i]);
      if (entry)
        ends[i] = find_state(entry->value);
      else if (!reader_.misspelt(node, kTransitionOwner, keys[i]))
        reader_.error(node.place, "missing-key",
                      fmt::format("{} does not say where it {}", what, i ? "goes" : "starts"),
                      fmt::format("no `{}`", keys[i]), fmt::format("add `{}: STATE`", keys[i]));
    }
    const auto rate = read_rate(node, what);
    if (!ends[0] || !ends[1]) return;
    if (*ends[0] == *ends[1]) {
      const Node& to = node.find("to")->value;
      reader_.error(to.place, "self-transition",
                    fmt::format("{} leads from `{}` to itself", what, chain_.states[*ends[0]]), "changes nothing",
                    "take it out, or name another state");
      return;
    }
    if (!rate) return;
    from_.push_back(*ends[0]);
    to_.push_back(*ends[1]);
    rate_.push_back(*rate);
  }

  // Per hour.
  std::optional<double> read_rate(const Node& node, const std::string& what) {
    const Entry* mean = node.find("mean");
    const Entry* rate = node.find("rate");
    if (mean && rate) {
      reader_.error(rate->key_place, "conflicting-keys", fmt::format("{} has both `mean` and `rate`", what),
                    "`mean` says this", "keep one of them: `rate` is 1 / `mean`");
      return std::nullopt;
    }
    if (mean) {
      const auto hours = reader_.positive_duration(mean->value);
      return hours ? std::optional(1 / *hours) : std::nullopt;
    }
    if (!rate) {
      if (!reader_.misspelt(node, kTransitionOwner, "mean") && !reader_.misspelt(node, kTransitionOwner, "rate"))
        reader_.error(node.place, "missing-key", fmt::format("{} does not say how often it happens", what),
                      "neither `mean` nor `rate`", "add `mean: 900 h` or `rate: 0.5 /h`");
      return std::nullopt;
    }
    const auto per_hour = reader_.rate(rate->value);
    if (!per_hour || *per_hour > 0) return per_hour;
    reader_.error(rate->value.place, "not-positive", "a rate must be more than 0", "never happens",
                  "take the transition out if it never happens");
    return std::nullopt;
  }

  void warn_of_unreachable() {
    const auto reachable = chain_.reachable();
    for (std::uint32_t s = 0; s < chain_.size(); ++s)
      if (reachable[s])
        reader_.note_use(places_[s]);
      else
        reader_.warning(places_[s], "unused", fmt::format("{} never comes to its state `{}`", what_, chain_.states[s]),
                        fmt::format("not reached from `{}`", chain_.states[chain_.start]), "it takes no part");
  }

  Reader& reader_;
  const Entry& entry_;
  const Node& body_;
  ChainFiles& files_;
  std::string what_;
  DrawnChain chain_;
  std::map<std::string, std::uint32_t> number_;  // by name of a state
  std::vector<text::Place> places_;              // of their names
  bool known_ = false;                           // false: the states are missing, which has been reported
  std::vector<std::uint32_t> from_, to_;
  std::vector<double> rate_;
};

}  // namespace

Component read_chain(Reader& reader, const Entry& entry, ChainFiles& files) {
  Component component;
  component.name = entry.key;
  component.infrastructure = true;
  component.redundancy = HandDrawn{ChainReader(reader, entry, files).run()};
  return component;
}

}  // namespace nines
