#include "model/structure/diagram.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

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

std::uint64_t hash_of(std::uint8_t op, Ref a, Ref b) {
  std::uint64_t h = ((std::uint64_t{a} << 32) | b) * 0xff51afd7ed558ccdULL + op;
  h ^= h >> 32;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 29);
}

}  // namespace

Diagrams::Diagrams(std::vector<std::uint32_t> domains, Budget budget)
    : domains_(std::move(domains)), budget_(budget), nodes_{{levels(), 0}, {levels(), 0}}, has_(levels(), 0) {}

std::size_t Diagrams::bytes() const {
  return nodes_.size() * sizeof(Node) + (edges_.size() + unique_.size()) * sizeof(Ref) + done_.size() * sizeof(Done);
}

Ref Diagrams::one_of(std::uint32_t level, std::span<const char> flags) {
  std::vector<Ref> children(flags.size());
  std::transform(flags.begin(), flags.end(), children.begin(), [](char flag) { return flag ? kTrue : kFalse; });
  return make(level, children);
}

Ref Diagrams::make(std::uint32_t level, std::span<const Ref> children) {
  if (std::all_of(children.begin(), children.end(), [&](Ref child) { return child == children[0]; }))
    return children[0];
  charge(children.size());
  if (exhausted_) return kFalse;
  find_room();
  const std::size_t mask = unique_.size() - 1;
  std::size_t at = hash_of(level, children) & mask;
  for (; unique_[at] != kFalse; at = (at + 1) & mask)
    if (nodes_[unique_[at]].level == level && std::ranges::equal(this->children(unique_[at]), children))
      return unique_[at];
  if (bytes() + bytes_of_node(children.size()) > budget_.bytes + bytes_of_many_ || edges_.size() > UINT32_MAX) {
    exhausted_ = true;
    return kFalse;
  }
  unique_[at] = static_cast<Ref>(nodes_.size());
  append(level, children);
  placed_ = nodes_.size();
  return unique_[at];
}

void Diagrams::append(std::uint32_t level, std::span<const Ref> children) {
  has_[level] = 1;
  nodes_.push_back({level, static_cast<std::uint32_t>(edges_.size())});
  edges_.insert(edges_.end(), children.begin(), children.end());
}

// Equal nodes can only be among the new ones then, so they are looked for in a table of those.
void Diagrams::make_all(std::uint32_t level, std::span<const Ref> cases, std::span<Ref> made) {
  const std::size_t width = domains_[level];
  if (has_[level] != 0) {
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = make(level, cases.subspan(i * width, width));
    return;
  }
  charge(cases.size() / 4);
  std::vector<Ref> table(std::bit_ceil(2 * made.size()), kFalse);
  const std::size_t mask = table.size() - 1;
  constexpr std::size_t kAhead = 8;  // what has to be waited for is memory
  std::array<std::size_t, kAhead> places{};
  const auto look_ahead = [&](std::size_t i) {
    if (i >= made.size()) return;
    places[i % kAhead] = hash_of(level, cases.subspan(i * width, width)) & mask;
    __builtin_prefetch(&table[places[i % kAhead]]);
  };
  for (std::size_t i = 0; i < kAhead; ++i) look_ahead(i);
  for (std::size_t i = 0; i < made.size() && !exhausted_; ++i) {
    const auto children = cases.subspan(i * width, width);
    std::size_t at = places[i % kAhead];
    look_ahead(i + kAhead);
    if (std::ranges::all_of(children, [&](Ref child) { return child == children[0]; })) {
      made[i] = children[0];
      continue;
    }
    while (table[at] != kFalse && !std::ranges::equal(this->children(table[at]), children)) at = (at + 1) & mask;
    if (table[at] == kFalse) {
      bytes_of_many_ += bytes_of_node(width);
      if (bytes_of_many_ > budget_.bytes_of_many || edges_.size() > UINT32_MAX) exhausted_ = true;
      table[at] = static_cast<Ref>(nodes_.size());
      append(level, children);
    }
    made[i] = table[at];
  }
}

void Diagrams::expect(std::size_t nodes) {
  nodes = std::min(nodes, budget_.bytes_of_many / bytes_of_node(2));
  nodes_.reserve(nodes_.size() + nodes);
  edges_.reserve(edges_.size() + 2 * nodes);
}

// For one more node in the table of all, and for those that are not in it yet.
void Diagrams::find_room() {
  if (2 * nodes_.size() >= unique_.size()) {
    unique_.assign(std::bit_ceil(std::max<std::size_t>(16, 2 * nodes_.size() + 1)), kFalse);
    placed_ = kTrue + 1;
  }
  const std::size_t mask = unique_.size() - 1;
  for (; placed_ < nodes_.size(); ++placed_) {
    const Ref node = static_cast<Ref>(placed_);
    std::size_t at = hash_of(nodes_[node].level, children(node)) & mask;
    while (unique_[at] != kFalse) at = (at + 1) & mask;
    unique_[at] = node;
  }
}

std::vector<Ref> Diagrams::collect(std::span<const Ref> kept) {
  std::vector<char> needed(nodes_.size(), 0);
  for (const Ref f : kept) needed[f] = 1;
  for (std::size_t f = nodes_.size(); f-- > kTrue + 1;)
    if (needed[f])
      for (const Ref child : children(static_cast<Ref>(f))) needed[child] = 1;
  std::vector<Ref> renamed(nodes_.size(), kFalse);
  renamed[kTrue] = kTrue;
  std::size_t nodes = kTrue + 1, edges = 0;
  for (Ref f = kTrue + 1; f < nodes_.size(); ++f) {
    if (!needed[f]) continue;
    const Node node = nodes_[f];
    renamed[f] = static_cast<Ref>(nodes);
    nodes_[nodes++] = {node.level, static_cast<std::uint32_t>(edges)};
    for (std::uint32_t i = 0; i < domains_[node.level]; ++i) edges_[edges++] = renamed[edges_[node.first_edge + i]];
  }
  charge(nodes_.size());
  nodes_.resize(nodes);
  edges_.resize(edges);
  std::fill(unique_.begin(), unique_.end(), kFalse);
  std::fill(done_.begin(), done_.end(), Done{});
  placed_ = kTrue + 1;
  crowd_ = std::max(kCrowd, 2 * nodes_.size());
  return renamed;
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
  if (done_.empty()) return false;
  if (op != Op::and_not && a > b) std::swap(a, b);
  const Done& done = done_[hash_of(static_cast<std::uint8_t>(op), a, b) & (done_.size() - 1)];
  if (done.a != a || done.b != b || done.op != op) return false;
  result = done.result;
  return true;
}

void Diagrams::keep(Op op, Ref a, Ref b, Ref result) {
  if (kept_++ >= done_.size() && done_.size() < kMostDone) {
    std::vector<Done> old(std::max<std::size_t>(16, 2 * done_.size()));
    old.swap(done_);
    for (const Done& d : old)
      if (d.a != d.b) done_[hash_of(static_cast<std::uint8_t>(d.op), d.a, d.b) & (done_.size() - 1)] = d;
  }
  if (op != Op::and_not && a > b) std::swap(a, b);
  done_[hash_of(static_cast<std::uint8_t>(op), a, b) & (done_.size() - 1)] = {a, b, op, result};
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
      charge(1);
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
    keep(op, frame.a, frame.b, result);
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
  // counts[r]: at least r of the operands from here on. Only so much may be asked of them as those before leave open.
  std::vector<Ref> counts(need + 1, kFalse);
  counts[0] = kTrue;
  for (std::size_t before = operands.size(); before-- > 0;) {
    const auto least = static_cast<std::uint32_t>(need - std::min<std::size_t>(need, before));
    const auto most = static_cast<std::uint32_t>(std::min<std::size_t>(need, operands.size() - before));
    for (std::uint32_t r = most; r >= std::max(1U, least); --r) {
      counts[r] = either(counts[r], both(operands[before], counts[r - 1]));
      if (exhausted_) return kFalse;
    }
  }
  return counts[need];
}

}  // namespace nines::structure
