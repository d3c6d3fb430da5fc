#include "model/structure/network_diagram.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/structure/parting.hpp"
#include "model/structure/reaching.hpp"
#include "model/structure/state_layer.hpp"

namespace nines::structure {
namespace {

using Kind = FrontierStep::Kind;

// A stage is some steps, from every state before them: few enough that ask for an element that most ways differ.
constexpr std::uint32_t kMostAsked = 6;

// Where a choice leads: the low bits say to what kind of thing, the others to which.
using Lead = std::uint32_t;
constexpr std::uint32_t kKindBits = 3;
enum : Lead { kToLeaf = kMostAsked, kToVerdict, kKinds };  // below: to a choice, by what it asks for
static_assert(kKinds == 1U << kKindBits);
constexpr Lead kPending = UINT32_MAX;
Lead lead_to(Lead kind, std::size_t number) {
  return static_cast<Lead>(number) << kKindBits | kind;
}
Lead lead_to(Verdict verdict) {
  return lead_to(kToVerdict, verdict == Verdict::up ? kTrue : kFalse);
}

struct Choice {
  Lead down, up;
};

struct Stage {
  std::array<std::uint32_t, kMostAsked> levels{};         // by what is asked for, in order: of the variable
  std::array<std::vector<Choice>, kMostAsked> choices{};  // others lead to earlier ones only
  std::vector<std::uint32_t> leaves;                      // states of the next layer, some more than once
  std::vector<Lead> starts;                               // by state

  void clear() {
    for (auto& list : choices) list.clear();
    leaves.clear();
    starts.clear();
  }
  [[nodiscard]] std::size_t size() const {
    std::size_t sum = 0;
    for (const auto& list : choices) sum += list.size();
    return sum;
  }
  [[nodiscard]] std::size_t bytes() const {
    return size() * sizeof(Choice) + leaves.size() * sizeof(std::uint32_t) + starts.size() * sizeof(Lead);
  }
};

template <class State>
class Builder {
 public:
  Builder(const NetworkOrder& order, std::span<const std::uint32_t> level_of, Diagrams& diagrams)
      : steps_(order.steps),
        level_of_(level_of),
        diagrams_(diagrams),
        in_order_(std::ranges::is_sorted(order.elements, {}, [&](std::uint32_t e) { return level_of[e]; })) {}

  Ref run() {
    now_.clear();
    std::vector<std::uint32_t> first;
    now_.find(std::array{State{}}, first);
    std::vector<Stage> stages;
    for (std::size_t step = 0; step < steps_.size() && now_.size() > 0;) {
      expand(step);
      stages.push_back(stage_);  // as long as it is, and no longer
      if (diagrams_.exhausted()) return kFalse;
      kept_ += stages.back().bytes();
      std::swap(now_, next_);
    }
    now_ = {}, next_ = {}, stage_ = {};
    return join(stages);
  }

 private:
  void expand(std::size_t& step) {
    begin_ = step;
    stage_.clear();
    std::uint32_t asked = 0;
    asked_.clear();
    while (step < steps_.size() && asked < kMostAsked) {
      const FrontierStep& s = steps_[step++];
      asked_.push_back(asked);
      if (asks(s)) stage_.levels[asked++] = level_of_[s.element];
      if (s.kind == Kind::settle) break;
    }
    end_ = step;
    next_.clear();
    std::size_t charged = 0;
    for (std::size_t i = 0; i < now_.size(); ++i) {
      stage_.starts.push_back(trace(now_[i]));
      if (leaves_.size() < kManyLeaves && i + 1 < now_.size()) continue;
      next_.find(leaves_, stage_.leaves);
      leaves_.clear();
      diagrams_.charge((stage_.leaves.size() - charged) / 4);
      charged = stage_.leaves.size();
      if (kept_ + stage_.bytes() + now_.bytes() + next_.bytes() > kMostBytes) diagrams_.exhaust();
      if (diagrams_.exhausted()) break;
    }
  }

  // Where the steps lead from a state, first with what is asked for down, then up.
  Lead trace(const State& from) {
    open_.clear();
    State state = from;
    std::size_t at = begin_;
    Verdict verdict = Verdict::open;
    while (true) {
      for (; at < end_ && verdict == Verdict::open; ++at) verdict = take(at, state);
      Lead lead = lead_to(verdict);
      if (verdict == Verdict::open) {
        lead = lead_to(kToLeaf, stage_.leaves.size() + leaves_.size());
        leaves_.push_back(state);
      }
      while (!open_.empty() && open_.back().down != kPending) {
        const Open& done = open_.back();
        if (done.down != lead) {
          const std::uint32_t asked = asked_[done.step - begin_];
          lead = add(stage_.choices[asked], asked, {done.down, lead});
        }
        open_.pop_back();
      }
      if (open_.empty()) return lead;
      Open& other = open_.back();
      other.down = lead;
      state = other.state;
      at = other.step + 1;
      const FrontierStep& step = steps_[other.step];
      verdict = step.kind == Kind::enter ? state.enter(step, true) : state.link(step);
    }
  }
  static Lead add(std::vector<Choice>& choices, std::uint32_t asked, Choice choice) {
    choices.push_back(choice);
    return lead_to(asked, choices.size() - 1);
  }

  Verdict take(std::size_t at, State& state) {
    const FrontierStep& step = steps_[at];
    if (step.kind == Kind::settle) return state.settle(step);
    const bool enters = step.kind == Kind::enter;
    if (!enters && !state.asks_for(step)) return Verdict::open;
    if (!asks(step)) return enters ? state.enter(step, true) : state.link(step);
    open_.push_back({state, at, kPending});
    return enters ? state.enter(step, false) : Verdict::open;
  }

  static bool asks(const FrontierStep& step) { return step.kind != Kind::settle && step.element != kPerfect; }

  // From the last stage back, where every state leads to functions that are known.
  Ref join(std::vector<Stage>& stages) {
    std::size_t all = 0;
    for (const Stage& stage : stages) all += stage.size();
    diagrams_.expect(all);
    std::vector<Ref> functions, cases;  // functions: of the states after a stage
    std::array<std::vector<Ref>, kMostAsked> made;
    for (; !stages.empty(); stages.pop_back()) {
      Stage& stage = stages.back();
      for (std::uint32_t& leaf : stage.leaves) leaf = functions[leaf];
      const auto function = [&](Lead lead) -> Ref {
        const Lead kind = lead % kKinds, number = lead / kKinds;
        if (kind == kToVerdict) return number;
        return kind == kToLeaf ? stage.leaves[number] : made[kind][number];
      };
      for (std::uint32_t asked = kMostAsked; asked-- > 0;) {
        cases.clear();
        for (const Choice& choice : stage.choices[asked]) {
          cases.push_back(function(choice.down));
          cases.push_back(function(choice.up));
        }
        made[asked].resize(stage.choices[asked].size());
        if (!made[asked].empty()) make(stage.levels[asked], cases, made[asked]);
        if (diagrams_.exhausted()) return kFalse;
      }
      functions.clear();
      for (const Lead start : stage.starts) functions.push_back(function(start));
    }
    return functions.front();
  }

  void make(std::uint32_t level, std::span<const Ref> cases, std::span<Ref> made) {
    if (in_order_) return diagrams_.make_all(level, cases, made);
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = diagrams_.select(level, cases.subspan(2 * i, 2));
  }

  static constexpr std::size_t kMostBytes = std::size_t{512} << 20U;
  static constexpr std::size_t kManyLeaves = 512;

  struct Open {
    State state;
    std::size_t step;
    Lead down;
  };

  const std::vector<FrontierStep>& steps_;
  std::span<const std::uint32_t> level_of_;
  Diagrams& diagrams_;
  bool in_order_;                     // variables lie in the order in which elements are asked for
  std::size_t begin_ = 0, end_ = 0;   // steps of the stage
  std::vector<std::uint32_t> asked_;  // by step of the stage: how many before it ask for an element
  std::vector<Open> open_;            // choices of which one side is known, or none
  std::vector<State> leaves_;         // that have no numbers yet
  StateLayer<State> now_, next_;
  Stage stage_;
  std::size_t kept_ = 0;  // bytes of stages
};

__extension__ using Wide = unsigned __int128;

}  // namespace

Ref network_diagram(const NetworkGraph& graph, const NetworkOrder& order, std::span<const std::uint32_t> level_of,
                    Diagrams& diagrams) {
  const auto with = [&]<class State>(State) { return Builder<State>(order, level_of, diagrams).run(); };
  using Few = Parting<std::uint64_t, 4>;
  using Many = Parting<Wide, 5>;
  static_assert(Many::kWidest >= kWidestFrontier && Reaching<std::uint32_t>::kWidest >= kWidestFrontier);
  if (order.steps.empty()) {
    diagrams.exhaust();
    return kFalse;
  }
  if (graph.directed)
    return order.widest <= Reaching<std::uint16_t>::kWidest ? with(Reaching<std::uint16_t>{})
                                                            : with(Reaching<std::uint32_t>{});
  return order.widest <= Few::kWidest ? with(Few{}) : with(Many{});
}

}  // namespace nines::structure
