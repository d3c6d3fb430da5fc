#include "model/structure/diagram.hpp"

#include <algorithm>

namespace nines::structure {
namespace {

std::uint64_t hash_of(std::uint32_t level, std::span<const Ref> children) {
  std::uint64_t h = level + 0x9e3779b97f4a7c15ULL;
  for (const Ref child : children) {
    h = (h ^ child) * 0xff51afd7ed558ccdULL;
    h ^= h >> 32;
  }
  return h;
}

std::uint64_t pair_key(Ref a, Ref b) {
  return (std::uint64_t{a} << 32) | b;
}

}  // namespace

Diagrams::Diagrams(std::vector<std::uint32_t> domains, std::size_t budget)
    : domains_(std::move(domains)), budget_(budget), nodes_{{levels(), 0}, {levels(), 0}} {}

std::span<const Ref> Diagrams::children(Ref f) const {
  if (f <= kTrue) return {};
  return std::span(edges_).subspan(nodes_[f].first_edge, domains_[nodes_[f].level]);
}

Ref Diagrams::one_of(std::uint32_t level, std::span<const char> flags) {
  std::vector<Ref> children(flags.size());
  std::transform(flags.begin(), flags.end(), children.begin(), [](char flag) { return flag ? kTrue : kFalse; });
  return make(level, children);
}

Ref Diagrams::make(std::uint32_t level, std::span<const Ref> children) {
  if (std::all_of(children.begin(), children.end(), [&](Ref child) { return child == children[0]; }))
    return children[0];
  const std::uint64_t hash = hash_of(level, children);
  const auto [begin, end] = unique_.equal_range(hash);
  for (auto it = begin; it != end; ++it)
    if (nodes_[it->second].level == level && std::ranges::equal(this->children(it->second), children))
      return it->second;
  if (edges_.size() + children.size() > budget_) {
    exhausted_ = true;
    return kFalse;
  }
  const Ref made = static_cast<Ref>(nodes_.size());
  nodes_.push_back({level, edges_.size()});
  edges_.insert(edges_.end(), children.begin(), children.end());
  unique_.emplace(hash, made);
  return made;
}

bool Diagrams::known(Op op, Ref a, Ref b, Ref& result) const {
  switch (op) {
    case Op::both:
      if (a == kFalse || b == kFalse) return result = kFalse, true;
      if (a == kTrue || a == b) return result = b, true;
      if (b == kTrue) return result = a, true;
      break;
    case Op::either:
      if (a == kTrue || b == kTrue) return result = kTrue, true;
      if (a == kFalse || a == b) return result = b, true;
      if (b == kFalse) return result = a, true;
      break;
    case Op::and_not:
      if (a == kFalse || b == kTrue || a == b) return result = kFalse, true;
      if (b == kFalse) return result = a, true;
      break;
  }
  const auto& results = results_[static_cast<std::size_t>(op)];
  const auto found = results.find(op == Op::and_not ? pair_key(a, b) : pair_key(std::min(a, b), std::max(a, b)));
  if (found == results.end()) return false;
  result = found->second;
  return true;
}

// Depth first with a stack of its own: a diagram may be as deep as a model has parts.
Ref Diagrams::apply(Op op, Ref a, Ref b) {
  struct Frame {
    Ref a, b;
    std::uint32_t level, next;
  };
  Ref result = kFalse;
  if (exhausted_ || known(op, a, b, result)) return result;
  std::vector<Frame> frames{{a, b, std::min(level(a), level(b)), 0}};
  std::vector<Ref> done;  // children finished so far, of all frames
  while (!frames.empty()) {
    Frame& frame = frames.back();
    const std::uint32_t width = domains_[frame.level];
    if (frame.next < width) {
      const auto child = [&](Ref f) { return level(f) == frame.level ? edges_[nodes_[f].first_edge + frame.next] : f; };
      const Ref ca = child(frame.a), cb = child(frame.b);
      ++frame.next;
      if (known(op, ca, cb, result))
        done.push_back(result);
      else
        frames.push_back({ca, cb, std::min(level(ca), level(cb)), 0});
      continue;
    }
    result = make(frame.level, std::span(done).last(width));
    if (exhausted_) return kFalse;
    done.resize(done.size() - width);
    const Ref x = frame.a, y = frame.b;
    results_[static_cast<std::size_t>(op)]
            [op == Op::and_not ? pair_key(x, y) : pair_key(std::min(x, y), std::max(x, y))] = result;
    done.push_back(result);
    frames.pop_back();
  }
  return done.back();
}

Ref Diagrams::select(std::uint32_t at, std::span<const Ref> cases) {
  if (std::all_of(cases.begin(), cases.end(), [&](Ref f) { return level(f) > at; })) return make(at, cases);
  Ref result = kFalse;
  std::vector<char> flags(cases.size(), 0);
  for (std::size_t v = 0; v < cases.size(); ++v) {
    if (cases[v] == kFalse) continue;
    if (v > 0 && cases[v] == cases[v - 1]) continue;  // a run of equal cases goes in at once
    std::fill(flags.begin(), flags.end(), 0);
    for (std::size_t w = v; w < cases.size() && cases[w] == cases[v]; ++w) flags[w] = 1;
    result = either(result, both(one_of(at, flags), cases[v]));
  }
  return result;
}

Ref Diagrams::at_least(std::uint32_t need, std::span<const Ref> operands) {
  if (need == 0) return kTrue;
  if (need > operands.size()) return kFalse;
  // reached[j]: at least j of the operands seen so far.
  std::vector<Ref> reached(need + 1, kFalse);
  reached[0] = kTrue;
  for (const Ref operand : operands)
    for (std::uint32_t j = need; j > 0; --j) reached[j] = either(reached[j], both(operand, reached[j - 1]));
  return reached[need];
}

}  // namespace nines::structure
