#include "model/structure/families.hpp"

namespace nines::structure {

std::size_t Families::Hash::operator()(const Node& n) const {
  std::uint64_t h = n.level + 0x9e3779b97f4a7c15ULL;
  for (const Family child : {n.with, n.without}) {
    h = (h ^ child) * 0xff51afd7ed558ccdULL;
    h ^= h >> 32;
  }
  return static_cast<std::size_t>(h);
}

Family Families::make(std::uint32_t level, Family with, Family without) {
  if (with == kNone) return without;
  const Node node{level, with, without};
  if (const auto found = unique_.find(node); found != unique_.end()) return found->second;
  if (exhausted_ || nodes_.size() >= most_nodes_) {
    exhausted_ = true;
    return kNone;
  }
  const auto made = static_cast<Family>(nodes_.size());
  nodes_.push_back(node);
  unique_.emplace(node, made);
  return made;
}

double Families::count(Family f) {
  for (auto at = static_cast<Family>(counts_.size()); at <= f; ++at)
    counts_.push_back(at <= kEmptySet ? at : counts_[nodes_[at].with] + counts_[nodes_[at].without]);
  return counts_[f];
}

bool Families::known(Family a, Family b, Family& result) const {
  if (b == kNone) return result = a, true;
  if (a == kNone || b == kEmptySet || a == b) return result = kNone, true;
  if (a == kEmptySet) {  // it holds a set of b only if that is empty, too
    Family rest = b;
    while (rest > kEmptySet) rest = without(rest);
    return result = rest == kEmptySet ? kNone : kEmptySet, true;
  }
  const auto found = done_.find(std::uint64_t{a} << 32 | b);
  if (found == done_.end()) return false;
  result = found->second;
  return true;
}

// What is worked out: `with` in two steps where both have the variable, then `without`.
struct Families::Frame {
  Family a, b;
  std::uint32_t stage = 0;
  Family with = kNone;
};

Family Families::not_holding(Family first, Family second) {
  Family result = kNone;
  if (known(first, second, result)) return result;
  std::vector<Frame> frames{{first, second}};
  Family answer = kNone;  // to the latest question
  while (!frames.empty() && !exhausted_) {
    if (steps_left_ == 0) {
      exhausted_ = true;
      break;
    }
    --steps_left_;
    Frame& at = frames.back();
    const std::uint32_t a_level = level(at.a), b_level = level(at.b);
    // The next question of this frame, or its end.
    Family a = kNone, b = kNone;
    bool asks = true;
    if (a_level > b_level) {  // no set of a has b's variable
      if (at.stage == 0)
        a = at.a, b = without(at.b);
      else
        asks = false;
    } else {
      const bool both = a_level == b_level;
      switch (at.stage) {
        case 0: a = with(at.a), b = both ? with(at.b) : at.b; break;
        case 1: a = answer, b = both ? without(at.b) : kNone; break;
        case 2:
          at.with = answer;
          a = without(at.a), b = both ? without(at.b) : at.b;
          break;
        default: asks = false;
      }
    }
    if (asks) {
      ++at.stage;
      if (known(a, b, answer)) continue;
      frames.push_back({a, b});
      continue;
    }
    if (a_level <= b_level) answer = make(a_level, at.with, answer);
    done_.emplace(std::uint64_t{at.a} << 32 | at.b, answer);
    frames.pop_back();
  }
  return answer;
}

}  // namespace nines::structure
