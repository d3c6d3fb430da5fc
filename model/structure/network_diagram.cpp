#include "model/structure/network_diagram.hpp"

#include <algorithm>
#include <vector>

#include "model/structure/frontier_state.hpp"

namespace nines::structure {
namespace {

using Kind = FrontierStep::Kind;

// States of one level, each once.
class Layer {
 public:
  static constexpr std::uint32_t kDown = 0, kUp = 1, kFirst = 2;  // what leads on: a verdict, or 2 + a state

  void begin(std::size_t width, std::size_t words) {
    width_ = width;
    words_ = std::max<std::size_t>(1, words);
    keys_.clear();
    table_.assign(1024, kEmpty);
  }
  [[nodiscard]] std::size_t size() const { return keys_.size() / words_; }
  [[nodiscard]] std::size_t width() const { return width_; }
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
    while (table_[at] != kEmpty && !std::ranges::equal(state(table_[at]), key)) at = (at + 1) & mask;
    return table_[at];
  }
  void grow() {
    const std::size_t count = size();
    table_.assign(2 * table_.size(), kEmpty);
    for (std::uint32_t i = 0; i < count; ++i) place_of(state(i)) = i;
  }

  std::size_t width_ = 0, words_ = 1;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> table_;  // a power of two
};

template <class State>
class Builder {
 public:
  Builder(const NetworkGraph& graph, const NetworkOrder& order, std::span<const std::uint32_t> level_of,
          Diagrams& diagrams)
      : steps_(order.steps), level_of_(level_of), diagrams_(diagrams), state_(graph), other_(graph) {}

  Ref run() {
    std::size_t step = 0, width = 0;
    state_.clear();
    const Verdict first = go_on(state_, step, width);
    if (first != Verdict::open) return first == Verdict::up ? kTrue : kFalse;
    now_.begin(width, State::words(width));
    (void)number_of(state_, Verdict::open, now_);
    std::vector<Level> levels;
    while (now_.size() > 0) {
      levels.push_back(expand(step, width));
      if (diagrams_.exhausted()) return kFalse;
      std::swap(now_, next_);
    }
    return join(levels);
  }

 private:
  struct Level {
    std::uint32_t level;
    std::vector<std::uint32_t> leads;  // by state: where to when down, and when up
  };

  // Both outcomes of the element that step `step` asks for, from every state; then to the next that asks.
  Level expand(std::size_t& step, std::size_t& width) {
    const FrontierStep& asks = steps_[step];
    Level level{level_of_[asks.element], {}};
    level.leads.reserve(2 * now_.size());
    const std::size_t width_now = width, step_now = step;
    const std::size_t entered = asks.kind == Kind::enter ? 1 : 0;
    width += entered;
    ++step;
    width_after(step, width);
    next_.begin(width, State::words(width));
    for (std::size_t i = 0; i < now_.size(); ++i) {
      other_.unpack(now_.state(i), width_now);
      state_ = other_;
      const bool matters = asks.kind == Kind::enter || other_.asks_for(asks);
      const std::uint32_t down = follow(asks, false, step_now + 1);
      std::uint32_t up = down;
      if (matters) {
        state_ = other_;
        up = follow(asks, true, step_now + 1);
      }
      level.leads.push_back(down);
      level.leads.push_back(up);
      diagrams_.charge(2);
      if ((i & 1023U) == 0) bytes_ok(level);
      if (diagrams_.exhausted()) break;
    }
    kept_ += level.leads.capacity() * sizeof(std::uint32_t);
    return level;
  }

  std::uint32_t follow(const FrontierStep& asks, bool up, std::size_t next) {
    Verdict verdict = Verdict::open;
    if (asks.kind == Kind::enter)
      verdict = state_.enter(asks, up);
    else if (up)
      verdict = state_.link(asks);
    std::size_t width = 0;
    if (verdict == Verdict::open) verdict = go_on(state_, next, width);
    return number_of(state_, verdict, next_);
  }

  // Does what follows from nothing random, up to the next step that asks for an element.
  Verdict go_on(State& state, std::size_t& step, std::size_t& width) {
    for (; step < steps_.size() && !asks(steps_[step]); ++step) {
      Verdict verdict = Verdict::open;
      switch (steps_[step].kind) {
        case Kind::enter:
          verdict = state.enter(steps_[step], true);
          ++width;
          break;
        case Kind::link: verdict = state.link(steps_[step]); break;
        case Kind::settle:
          verdict = state.settle(steps_[step]);
          width -= steps_[step].leaving.size();
          break;
      }
      if (verdict != Verdict::open) return verdict;
    }
    return Verdict::open;
  }

  void width_after(std::size_t& step, std::size_t& width) const {
    for (; step < steps_.size() && !asks(steps_[step]); ++step) {
      width += steps_[step].kind == Kind::enter ? 1 : 0;
      width -= steps_[step].leaving.size();
    }
  }

  static bool asks(const FrontierStep& step) { return step.kind != Kind::settle && step.element != kPerfect; }

  std::uint32_t number_of(const State& state, Verdict verdict, Layer& layer) {
    if (verdict != Verdict::open) return verdict == Verdict::up ? Layer::kUp : Layer::kDown;
    key_.resize(layer.words());
    state.pack(key_);
    return Layer::kFirst + layer.find(key_);
  }

  void bytes_ok(const Level& level) {
    if (kept_ + level.leads.size() * sizeof(std::uint32_t) + now_.bytes() + next_.bytes() > kMostBytes)
      diagrams_.exhaust();
  }

  // From the last level back, where every state leads to functions that are known.
  Ref join(const std::vector<Level>& levels) {
    std::vector<Ref> below, here;
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
      here.clear();
      const auto function = [&](std::uint32_t lead) {
        return lead == Layer::kDown ? kFalse : lead == Layer::kUp ? kTrue : below[lead - Layer::kFirst];
      };
      for (std::size_t i = 0; i < level->leads.size(); i += 2) {
        const Ref cases[] = {function(level->leads[i]), function(level->leads[i + 1])};
        here.push_back(diagrams_.select(level->level, cases));
        if (diagrams_.exhausted()) return kFalse;
      }
      std::swap(below, here);
    }
    return below.front();
  }

  static constexpr std::size_t kMostBytes = std::size_t{512} << 20U;

  const std::vector<FrontierStep>& steps_;
  std::span<const std::uint32_t> level_of_;
  Diagrams& diagrams_;
  State state_, other_;
  Layer now_, next_;
  std::vector<std::uint64_t> key_;
  std::size_t kept_ = 0;  // bytes of levels
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
