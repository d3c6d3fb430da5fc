#include "model/markov/transient/fronts.hpp"

#include <fmt/format.h>

#include <Eigen/OrderingMethods>
#include <Eigen/SparseCore>
#include <algorithm>
#include <optional>
#include <utility>

namespace nines::markov {
namespace {

// The arrows of a chain taken both ways, by position.
struct Neighbours {
  std::vector<std::uint64_t> begin;
  std::vector<std::uint32_t> to;
};

Neighbours neighbours_of(const Chain& chain, std::span<const std::uint32_t> position) {
  const std::size_t n = chain.size();
  Neighbours result;
  result.begin.assign(n + 1, 0);
  for (StateIndex s = 0; s < n; ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      ++result.begin[position[s] + 1];
      ++result.begin[position[chain.target[t]] + 1];
    }
  for (std::size_t i = 0; i < n; ++i) result.begin[i + 1] += result.begin[i];
  result.to.resize(result.begin[n]);
  auto next = result.begin;
  for (StateIndex s = 0; s < n; ++s)
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) {
      const auto from = position[s], to = position[chain.target[t]];
      result.to[next[from]++] = to;
      result.to[next[to]++] = from;
    }
  return result;
}

std::vector<StateIndex> minimum_degree(const Chain& chain) {
  const auto n = static_cast<int>(chain.size());
  std::vector<Eigen::Triplet<double, int>> entries;
  entries.reserve(chain.transitions() + chain.size());
  for (int s = 0; s < n; ++s) {
    entries.emplace_back(s, s, 1.0);
    for (auto t = chain.row_begin[static_cast<std::size_t>(s)]; t < chain.row_begin[static_cast<std::size_t>(s) + 1];
         ++t)
      entries.emplace_back(s, static_cast<int>(chain.target[t]), 1.0);
  }
  Eigen::SparseMatrix<double, Eigen::ColMajor, int> arrows(n, n);
  arrows.setFromTriplets(entries.begin(), entries.end());
  Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int> permutation;
  Eigen::AMDOrdering<int>()(arrows, permutation);
  return {permutation.indices().data(), permutation.indices().data() + n};
}

// The elimination tree: of each position the first one that it fills (Liu 1986, doi:10.1145/6497.6499).
std::vector<std::uint32_t> elimination_tree(const Neighbours& neighbours) {
  const std::size_t n = neighbours.begin.size() - 1;
  std::vector<std::uint32_t> parent(n, kNoFront), root(n, kNoFront);
  for (std::uint32_t i = 0; i < n; ++i)
    for (auto t = neighbours.begin[i]; t < neighbours.begin[i + 1]; ++t)
      for (std::uint32_t at = neighbours.to[t]; at < i && at != kNoFront;) {
        const std::uint32_t up = root[at];
        root[at] = i;
        if (up == kNoFront) {
          parent[at] = i;
          break;
        }
        at = up;
      }
  return parent;
}

// Children before parents, each subtree in one piece.
std::vector<std::uint32_t> postorder(const std::vector<std::uint32_t>& parent) {
  const std::size_t n = parent.size();
  std::vector<std::uint32_t> child(n, kNoFront), sibling(n, kNoFront), order, stack;
  for (std::size_t i = n; i-- > 0;)
    if (parent[i] != kNoFront) {
      sibling[i] = child[parent[i]];
      child[parent[i]] = static_cast<std::uint32_t>(i);
    }
  for (std::uint32_t top = 0; top < n; ++top) {
    if (parent[top] != kNoFront) continue;
    stack.push_back(top);
    while (!stack.empty()) {
      const std::uint32_t at = stack.back();
      if (child[at] != kNoFront) {
        stack.push_back(child[at]);
        child[at] = kNoFront;
        continue;
      }
      stack.pop_back();
      order.push_back(at);
      if (parent[at] != kNoFront) child[parent[at]] = sibling[at];
    }
  }
  return order;
}

struct Block {
  std::uint32_t begin, end;
  std::vector<std::uint32_t> border;
  std::uint64_t zeros = 0;  // of its entries
  [[nodiscard]] std::uint64_t rows() const { return end - begin + border.size(); }
  [[nodiscard]] std::uint64_t entries() const { return 2 * (end - begin) * rows(); }
};

double multiplications_of(const Block& block) {
  double sum = 0;
  for (std::uint64_t rows = block.rows(), k = block.begin; k < block.end; ++k, --rows)
    sum += static_cast<double>(rows) * static_cast<double>(rows);
  return sum;
}

// A child that ends where its parent begins is made one with it where few of the entries are then zeros, with those of
// earlier joins: dense blocks are fast.
bool join(const Block& child, Block& parent) {
  const std::uint64_t pivots = parent.end - child.begin, together = 2 * pivots * (pivots + parent.border.size());
  const std::uint64_t zeros = together - (child.entries() - child.zeros) - (parent.entries() - parent.zeros);
  if (pivots > 4 && 10 * zeros > (pivots > 16 ? 1 : 3) * together) return false;
  if (10 * zeros > 8 * together) return false;
  parent.begin = child.begin;
  parent.zeros = zeros;
  return true;
}

class Planner {
 public:
  Planner(const Chain& chain, const EliminationLimits& limits) : chain_(chain), limits_(limits) {}

  tl::expected<Fronts, SolveFailure> run() {
    order();
    if (const auto failure = fill()) return tl::unexpected(*failure);
    lay_out();
    place_rates();
    return std::move(fronts_);
  }

 private:
  void order() {
    const auto first = minimum_degree(chain_);
    fronts_.position.resize(chain_.size());
    const auto number = [&](const auto& order) {
      for (std::uint32_t p = 0; p < order.size(); ++p) fronts_.position[order[p]] = p;
    };
    number(first);
    const auto parent = elimination_tree(neighbours_of(chain_, fronts_.position));
    for (const std::uint32_t p : postorder(parent)) fronts_.order.push_back(first[p]);
    number(fronts_.order);
  }

  std::optional<SolveFailure> fill() {
    const std::size_t n = chain_.size();
    const Neighbours neighbours = neighbours_of(chain_, fronts_.position);
    std::vector<std::uint32_t> seen(n, kNoFront), waiting(n, kNoFront), next(n, kNoFront);  // blocks by their parent
    for (std::uint32_t p = 0; p < n; ++p) {
      Block block{p, p + 1, {}};
      seen[p] = p;
      const auto take = [&](std::uint32_t q) {
        if (q <= p || seen[q] == p) return;
        seen[q] = p;
        block.border.push_back(q);
      };
      for (auto t = neighbours.begin[p]; t < neighbours.begin[p + 1]; ++t) take(neighbours.to[t]);
      for (std::uint32_t b = waiting[p]; b != kNoFront; b = next_of_[b])
        for (const std::uint32_t q : blocks_[b].border) take(q);
      std::sort(block.border.begin(), block.border.end());
      while (!blocks_.empty() && blocks_.back().end == block.begin && !blocks_.back().border.empty() &&
             blocks_.back().border.front() < block.end && join(blocks_.back(), block)) {
        entries_ -= blocks_.back().entries();
        multiplications_ -= multiplications_of(blocks_.back());
        blocks_.pop_back();
        next_of_.pop_back();
      }
      entries_ += block.entries();
      multiplications_ += multiplications_of(block);
      if (entries_ > limits_.entries || multiplications_ > limits_.multiplications) return too_much(p);
      next_of_.push_back(kNoFront);
      if (!block.border.empty()) {
        next_of_.back() = waiting[block.border.front()];
        waiting[block.border.front()] = static_cast<std::uint32_t>(blocks_.size());
      }
      blocks_.push_back(std::move(block));
    }
    return std::nullopt;
  }

  [[nodiscard]] SolveFailure too_much(std::uint32_t done) const {
    return {SolveFailure::Kind::memory,
            fmt::format("elimination of {} states takes more than {:.1e} entries or {:.1e} multiplications ({:.1e} and "
                        "{:.1e} after {} states)",
                        chain_.size(), static_cast<double>(limits_.entries), limits_.multiplications,
                        static_cast<double>(entries_), multiplications_, done)};
  }

  void lay_out() {
    std::vector<std::uint32_t> front_of(chain_.size());
    fronts_.border_begin.push_back(0);
    for (std::uint32_t f = 0; f < blocks_.size(); ++f) {
      fronts_.begin.push_back(blocks_[f].begin);
      for (std::uint32_t p = blocks_[f].begin; p < blocks_[f].end; ++p) front_of[p] = f;
      fronts_.border.insert(fronts_.border.end(), blocks_[f].border.begin(), blocks_[f].border.end());
      fronts_.border_begin.push_back(fronts_.border.size());
      fronts_.largest = std::max(fronts_.largest, blocks_[f].rows());
    }
    fronts_.begin.push_back(static_cast<std::uint32_t>(chain_.size()));
    fronts_.entries = entries_;
    fronts_.multiplications = multiplications_;
    for (const Block& block : blocks_) {
      fronts_.parent.push_back(block.border.empty() ? kNoFront : front_of[block.border.front()]);
      for (const std::uint32_t p : block.border) fronts_.in_parent.push_back(row_in(fronts_.parent.back(), p));
    }
    front_of_ = std::move(front_of);
  }

  [[nodiscard]] std::uint32_t row_in(std::uint32_t front, std::uint32_t p) const {
    const Block& block = blocks_[front];
    if (p < block.end) return p - block.begin;
    const auto found = std::lower_bound(block.border.begin(), block.border.end(), p);
    return block.end - block.begin + static_cast<std::uint32_t>(found - block.border.begin());
  }

  void place_rates() {
    fronts_.rate_begin.assign(blocks_.size() + 1, 0);
    const auto for_each = [&](auto&& give) {
      for (StateIndex s = 0; s < chain_.size(); ++s)
        for (auto t = chain_.row_begin[s]; t < chain_.row_begin[s + 1]; ++t) {
          const std::uint32_t from = fronts_.position[s], to = fronts_.position[chain_.target[t]];
          give(front_of_[std::min(from, to)], from, to, chain_.rate[t]);
        }
    };
    for_each([&](std::uint32_t front, auto, auto, auto) { ++fronts_.rate_begin[front + 1]; });
    for (std::size_t f = 0; f < blocks_.size(); ++f) fronts_.rate_begin[f + 1] += fronts_.rate_begin[f];
    fronts_.rate.resize(fronts_.rate_begin.back());
    auto next = fronts_.rate_begin;
    for_each([&](std::uint32_t front, std::uint32_t from, std::uint32_t to, double rate) {
      fronts_.rate[next[front]++] = {row_in(front, from), row_in(front, to), rate};
    });
  }

  const Chain& chain_;
  EliminationLimits limits_;
  Fronts fronts_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> next_of_, front_of_;
  std::uint64_t entries_ = 0;
  double multiplications_ = 0;
};

}  // namespace

tl::expected<Fronts, SolveFailure> plan_fronts(const Chain& chain, const EliminationLimits& limits) {
  return Planner(chain, limits).run();
}

}  // namespace nines::markov
