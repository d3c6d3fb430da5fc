#include "model/structure/amount_diagram.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_set>

namespace nines::structure {
namespace {

std::uint64_t mixed(std::uint64_t h, std::uint64_t value) {
  h = (h ^ value) * 0xff51afd7ed558ccdULL;
  return h ^ (h >> 32);
}

// Of a node in the tables, beside its edges.
constexpr std::size_t kBytesOfNode = 64, kBytesOfAnswer = 48;

}  // namespace

std::size_t AmountDiagrams::Hash::operator()(const Question& q) const {
  return mixed(mixed(static_cast<std::uint64_t>(q.op) + 1, q.a), q.b);
}

AmountDiagrams::AmountDiagrams(const Diagrams& up, const Scale& scale, Diagrams::Budget budget)
    : up_(up), scale_(scale), budget_(budget) {
  (void)nothing();
}

void AmountDiagrams::charge(std::size_t bytes) {
  bytes_ += bytes;
  if (++work_ > budget_.work || bytes_ > budget_.bytes) exhausted_ = true;
}

Ref AmountDiagrams::constant(double given) {
  const double amount = scale_.clip(given);
  const auto [found, fresh] = end_with_.emplace(scale_.key(amount), static_cast<Ref>(nodes_.size()));
  if (!fresh) return found->second;
  charge(kBytesOfNode);
  nodes_.push_back({up_.levels(), static_cast<std::uint32_t>(amounts_.size())});
  amounts_.push_back(amount);
  return found->second;
}

Ref AmountDiagrams::make(std::uint32_t level, std::span<const Ref> children) {
  if (std::all_of(children.begin(), children.end(), [&](Ref c) { return c == children[0]; })) return children[0];
  std::uint64_t hash = level + 1;
  for (const Ref c : children) hash = mixed(hash, c);
  const auto [first, last] = node_with_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    const Node& node = nodes_[it->second];
    if (node.level == level && std::equal(children.begin(), children.end(), edges_.begin() + node.first_edge))
      return it->second;
  }
  charge(kBytesOfNode + children.size() * sizeof(Ref));
  if (exhausted_) return 0;
  const Ref made = static_cast<Ref>(nodes_.size());
  nodes_.push_back({level, static_cast<std::uint32_t>(edges_.size())});
  edges_.insert(edges_.end(), children.begin(), children.end());
  node_with_.emplace(hash, made);
  return made;
}

Ref AmountDiagrams::by_value(std::uint32_t level, std::span<const double> amounts) {
  std::vector<Ref> children;
  for (const double amount : amounts) children.push_back(constant(amount));
  return make(level, children);
}

// The nodes below a function come before it, so they are turned in order of their numbers.
Ref AmountDiagrams::where(Ref function) {
  if (where_.empty()) {
    where_[kFalse] = nothing();
    where_[kTrue] = all();
  }
  std::vector<Ref> stack{function}, found;
  std::map<Ref, bool> seen;
  while (!stack.empty()) {
    const Ref f = stack.back();
    stack.pop_back();
    if (where_.contains(f) || !seen.emplace(f, true).second) continue;
    found.push_back(f);
    for (const Ref c : up_.children(f)) stack.push_back(c);
  }
  std::sort(found.begin(), found.end());
  for (const Ref f : found) {
    std::vector<Ref> children;
    for (const Ref c : up_.children(f)) children.push_back(where_.at(c));
    where_[f] = make(up_.level(f), children);
  }
  return where_.at(function);
}

bool AmountDiagrams::known(Op op, Ref a, Ref b, Ref& result) {
  const bool ends = is_end(a) && is_end(b);
  const auto is = [&](Ref f, double value) { return is_end(f) && amount(f) == value; };
  if (op == Op::least) {
    if (is(a, 0) || a == b || is(b, scale_.demand())) return result = a, true;
    if (is(b, 0) || is(a, scale_.demand())) return result = b, true;
    if (ends) return result = amount(a) < amount(b) ? a : b, true;
  } else {
    if (is(a, 0) || is(b, scale_.demand())) return result = b, true;
    if (is(b, 0) || is(a, scale_.demand())) return result = a, true;
    if (ends) return result = constant(amount(a) + amount(b)), true;
  }
  const auto found = answers_.find({op, std::min(a, b), std::max(a, b)});
  if (found == answers_.end()) return false;
  result = found->second;
  return true;
}

// Depth first with a stack of its own: a diagram may be as deep as a model has parts.
Ref AmountDiagrams::apply(Op op, Ref a, Ref b) {
  struct Frame {
    Ref a, b;
    std::uint32_t level, next;
  };
  Ref result = 0;
  if (exhausted_ || known(op, a, b, result)) return result;
  const auto top = [&](Ref x, Ref y) { return std::min(nodes_[x].level, nodes_[y].level); };
  std::vector<Frame> frames{{a, b, top(a, b), 0}};
  std::vector<Ref> done;  // children finished so far, of all frames
  while (!frames.empty()) {
    Frame& frame = frames.back();
    const std::uint32_t width = up_.domain(frame.level);
    if (frame.next < width) {
      charge(0);
      const Ref ca = child(frame.a, frame.level, frame.next), cb = child(frame.b, frame.level, frame.next);
      ++frame.next;
      if (known(op, ca, cb, result))
        done.push_back(result);
      else
        frames.push_back({ca, cb, top(ca, cb), 0});
      continue;
    }
    result = make(frame.level, std::span(done).last(width));
    charge(kBytesOfAnswer);
    if (exhausted_) return 0;
    done.resize(done.size() - width);
    answers_.emplace(Question{op, std::min(frame.a, frame.b), std::max(frame.a, frame.b)}, result);
    done.push_back(result);
    frames.pop_back();
  }
  return done.back();
}

AmountDiagrams::Extent AmountDiagrams::extent(Ref f) const {
  std::vector<Ref> stack{f};
  std::unordered_set<Ref> seen{f};
  std::set<std::uint32_t> levels;
  while (!stack.empty()) {
    const Node& node = nodes_[stack.back()];
    stack.pop_back();
    if (node.level == up_.levels()) continue;
    levels.insert(node.level);
    for (std::uint32_t v = 0; v < up_.domain(node.level); ++v)
      if (const Ref c = edges_[node.first_edge + v]; seen.insert(c).second) stack.push_back(c);
  }
  return {{levels.begin(), levels.end()}, seen.size()};
}

Amounts AmountDiagrams::distribution(Ref f, std::span<const Variable> variables,
                                     std::span<const std::uint32_t> fixed) const {
  std::map<Ref, long double, std::greater<>> reached{{f, 1.0L}};  // parents before children
  Amounts amounts;
  for (auto it = reached.begin(); it != reached.end(); ++it) {
    const auto [node, probability] = *it;
    if (is_end(node)) {
      if (probability > 0) amounts.push_back({amount(node), static_cast<double>(probability)});
      continue;
    }
    const std::uint32_t level = nodes_[node].level;
    const Ref* const children = &edges_[nodes_[node].first_edge];
    if (!fixed.empty() && fixed[level] != kRandom) {
      reached[children[fixed[level]]] += probability;
      continue;
    }
    for (std::uint32_t v = 0; v < up_.domain(level); ++v)
      reached[children[v]] += probability * variables[level].probability[v];
  }
  std::sort(amounts.begin(), amounts.end(), [](const Chance& a, const Chance& b) { return a.amount < b.amount; });
  return amounts;
}

}  // namespace nines::structure
