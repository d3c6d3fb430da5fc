#include "model/structure/network_diagram.hpp"

#include <algorithm>
#include <vector>

#include "model/structure/frontier_state.hpp"

namespace nines::structure {
namespace {

using Kind = FrontierStep::Kind;

// States between two steps, each once.
class Layer {
 public:
  void begin(std::size_t words) {
    words_ = std::max<std::size_t>(1, words);
    keys_.clear();
    table_.assign(1024, kEmpty);
  }
  [[nodiscard]] std::size_t size() const { return keys_.size() / words_; }
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] std::size_t bytes() const { return keys_.capacity() * sizeof(std::uint64_t) + table_.size() * 4; }
  [[nodiscard]] std::span<const std::uint64_t> state(std::size_t number) const {
    return std::span(keys_).subspan(number * words_, words_);
  }

  // The number of a state, which becomes the next one when it is new.
  std::uint32_t find(std::span<const std::uint64_t> key) {
    if (2 * (size() + 1) > table_.size()) grow();
    std::uint32_t& place = place_of(key);
    if (place == kEmpty) {
      place = static_cast<std::uint32_t>(size());
      keys_.insert(keys_.end(), key.begin(), key.end());
    }
    return place;
  }

 private:
  static constexpr std::uint32_t kEmpty = UINT32_MAX;

  std::uint32_t& place_of(std::span<const std::uint64_t> key) {
    std::uint64_t hash = 0x9e3779b97f4a7c15ULL;
    for (const std::uint64_t word : key) {
      hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
      hash ^= hash >> 32U;
    }
    const std::size_t mask = table_.size() - 1;
    std::size_t at = hash & mask;
    while (table_[at] != kEmpty && !same(state(table_[at]), key)) at = (at + 1) & mask;
    return table_[at];
  }
  static bool same(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (a[i] != b[i]) return false;
    return true;
  }
  void grow() {
    const std::size_t count = size();
    table_.assign(2 * table_.size(), kEmpty);
    for (std::uint32_t i = 0; i < count; ++i) place_of(state(i)) = i;
  }

  std::size_t words_ = 1;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> table_;  // a power of two
};

// Where a choice leads: to a verdict, to a state of the next layer, or to another choice of the same.
using Lead = std::uint32_t;
constexpr Lead kLeadsDown = 0, kLeadsUp = 1, kPending = UINT32_MAX;
Lead lead_to(Verdict verdict) {
  return verdict == Verdict::up ? kLeadsUp : kLeadsDown;
}

struct Choice {
  std::uint32_t level;  // of the variable
  Lead down, up;
};

template <class State>
class Builder {
 public:
  Builder(const NetworkGraph& graph, const NetworkOrder& order, std::span<const std::uint32_t> level_of,
          Diagrams& diagrams)
      : steps_(order.steps), level_of_(level_of), diagrams_(diagrams), state_(graph), first_(graph) {}

  Ref run() {
    now_.begin(State::words(0));
    state_.clear();
    (void)number_of(state_, now_);
    std::vector<Stage> stages;
    std::size_t width = 0;
    for (std::size_t step = 0; step < steps_.size() && now_.size() > 0;) {
      stages.push_back(expand(step, width));
      if (diagrams_.exhausted()) return kFalse;
      std::swap(now_, next_);
    }
    return join(stages);
  }

 private:
  // Some steps, from every state before them.
  struct Stage {
    std::vector<Choice> choices;  // those that others lead to before them
    std::vector<Lead> starts;     // by state
  };

  // The steps up to the next at which states are told apart: few enough choices that most ways through them differ.
  Stage expand(std::size_t& step, std::size_t& width) {
    const std::size_t begin = step, width_before = width;
    std::size_t choices = 0;
    while (step < steps_.size() && choices < kMostChoices) {
      const FrontierStep& s = steps_[step++];
      if (s.kind == Kind::enter) ++width;
      width -= s.leaving.size();
      if (asks(s)) ++choices;
      if (s.kind == Kind::settle) break;
    }
    next_.begin(State::words(width));
    Stage stage;
    stage.starts.reserve(now_.size());
    for (std::size_t i = 0; i < now_.size(); ++i) {
      first_.unpack(now_.state(i), width_before);
      const std::size_t before = stage.choices.size();
      stage.starts.push_back(trace(begin, step, stage.choices));
      diagrams_.charge(1 + stage.choices.size() - before);
      if (kept_ + stage.choices.size() * sizeof(Choice) + now_.bytes() + next_.bytes() > kMostBytes)
        diagrams_.exhaust();
      if (diagrams_.exhausted()) break;
    }
    kept_ += stage.choices.capacity() * sizeof(Choice) + stage.starts.capacity() * sizeof(Lead);
    return stage;
  }

  // Where the steps lead from `first_`, first with what is asked for down, then up.
  Lead trace(std::size_t begin, std::size_t end, std::vector<Choice>& choices) {
    open_.clear();
    state_ = first_;
    std::size_t at = begin;
    Verdict verdict = Verdict::open;
    while (true) {
      for (; at < end && verdict == Verdict::open; ++at) verdict = take(at);
      Lead lead = verdict == Verdict::open ? 2 * number_of(state_, next_) + 2 : lead_to(verdict);
      while (!open_.empty() && open_.back().down != kPending) {
        const Open& done = open_.back();
        if (done.down != lead) {
          choices.push_back({level_of_[steps_[done.step].element], done.down, lead});
          lead = 2 * static_cast<Lead>(choices.size() - 1) + 3;
        }
        open_.pop_back();
      }
      if (open_.empty()) return lead;
      Open& other = open_.back();
      other.down = lead;
      state_ = other.state;
      at = other.step + 1;
      const FrontierStep& step = steps_[other.step];
      verdict = step.kind == Kind::enter ? state_.enter(step, true) : state_.link(step);
    }
  }

  Verdict take(std::size_t at) {
    const FrontierStep& step = steps_[at];
    if (step.kind == Kind::settle) return state_.settle(step);
    const bool enters = step.kind == Kind::enter;
    if (!enters && !state_.asks_for(step)) return Verdict::open;
    if (!asks(step)) return enters ? state_.enter(step, true) : state_.link(step);
    open_.push_back({state_, at, kPending});
    return enters ? state_.enter(step, false) : Verdict::open;
  }

  static bool asks(const FrontierStep& step) { return step.kind != Kind::settle && step.element != kPerfect; }

  std::uint32_t number_of(const State& state, Layer& layer) {
    key_.resize(layer.words());
    state.pack(key_);
    return layer.find(key_);
  }

  // From the last stage back, where every state leads to functions that are known.
  Ref join(std::vector<Stage>& stages) {
    std::size_t all = 0;
    for (const Stage& stage : stages) all += stage.choices.size();
    diagrams_.expect(all);
    std::vector<Ref> below, here, choices;
    for (; !stages.empty(); stages.pop_back()) {
      const Stage& stage = stages.back();
      choices.clear();
      const auto function = [&](Lead lead) {
        if (lead <= kLeadsUp) return lead == kLeadsUp ? kTrue : kFalse;
        return lead % 2 == 0 ? below[lead / 2 - 1] : choices[lead / 2 - 1];
      };
      for (const Choice& choice : stage.choices) {
        const Ref cases[] = {function(choice.down), function(choice.up)};
        choices.push_back(diagrams_.select(choice.level, cases));
        if (diagrams_.exhausted()) return kFalse;
      }
      here.clear();
      for (const Lead start : stage.starts) here.push_back(function(start));
      std::swap(below, here);
    }
    return below.front();
  }

  static constexpr std::size_t kMostBytes = std::size_t{256} << 20U;
  static constexpr std::size_t kMostChoices = 6;  // in a stage

  struct Open {
    State state;
    std::size_t step;
    Lead down;
  };

  const std::vector<FrontierStep>& steps_;
  std::span<const std::uint32_t> level_of_;
  Diagrams& diagrams_;
  State state_, first_;
  std::vector<Open> open_;  // choices of which one side is known, or none
  Layer now_, next_;
  std::vector<std::uint64_t> key_;
  std::size_t kept_ = 0;  // bytes of stages
};

}  // namespace

Ref network_diagram(const NetworkGraph& graph, const NetworkOrder& order, std::span<const std::uint32_t> level_of,
                    Diagrams& diagrams) {
  if (order.steps.empty() || (graph.directed && order.widest > Reaching::kWidest)) {
    diagrams.exhaust();
    return kFalse;
  }
  if (graph.directed) return Builder<Reaching>(graph, order, level_of, diagrams).run();
  return Builder<Parting>(graph, order, level_of, diagrams).run();
}

}  // namespace nines::structure
