#include "model/structure/order_search.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>

namespace nines::structure {
namespace {

using Nodes = std::vector<std::uint32_t>;

// Moves that are tried where the best order found is not good; a tenth of them where sets of nodes are slow.
constexpr int kRounds = 2;
constexpr int kMoves = 100'000;
constexpr double kGood = 5'000;  // states

// How many states a frontier can have: ways to part those of its nodes that are up into groups, each of which holds
// some of the ends that have been met, or none.
class FrontierStates {
 public:
  explicit FrontierStates(std::size_t ends)
      : ends_(ends), met_(std::min(ends, kWidest) + 2), known_(met_ * (kWidest + 1) * (kWidest + 1), 0) {
    for (auto* table : {&choose_, &part_}) table->assign((kWidest + 1) * (kWidest + 1), 0);
    for (std::size_t n = 0; n <= kWidest; ++n)
      for (std::size_t k = 0; k <= n; ++k) {
        const bool edge = k == 0 || n == 0;
        choose_[at(n, k)] = edge ? 1 : choose_[at(n - 1, k)] + choose_[at(n - 1, k - 1)];
        part_[at(n, k)] = n == 0   ? 1
                          : k == 0 ? 0
                                   : static_cast<double>(k) * part_[at(n - 1, k)] + part_[at(n - 1, k - 1)];
      }
  }

  // `width` nodes, `wanted` of them ends; of all ends `met` are among them or came before.
  double of(std::size_t width, std::size_t wanted, std::size_t met) {
    double beyond = 1;  // nobody gets there; it only has to be told that less is better
    for (; width > kWidest; --width) beyond *= 10;
    wanted = std::min(wanted, width);
    const std::size_t before = met - std::min(met, wanted), least = met == 0 ? 0 : met == ends_ ? 2 : 1;
    // What came before and all that is met only matter in so far.
    double& known = known_[at(width, wanted) * met_ + (least == 2 ? met_ - 1 : std::min(met, met_ - 2))];
    if (known == 0) known = count(width, wanted, before, least);
    return beyond * known;
  }

 private:
  static constexpr std::size_t kWidest = 20;
  static std::size_t at(std::size_t n, std::size_t k) { return n * (kWidest + 1) + k; }

  // The groups of the wanted nodes; then the others: down, in one of those, or in further groups, of which at most
  // `before` hold ends. At least `least` groups hold some: one means that the network is up.
  double count(std::size_t width, std::size_t wanted, std::size_t before, std::size_t least) const {
    double sum = 1;
    const std::size_t others = width - wanted;
    for (std::size_t own = wanted > 0 ? 1 : 0; own <= wanted; ++own)
      for (std::size_t apart = 0; apart <= others; ++apart) {
        double groups = 0;
        for (std::size_t further = apart > 0 ? 1 : 0; further <= apart; ++further)
          for (std::size_t holding = least - std::min(least, own); holding <= std::min(before, further); ++holding)
            groups += part_[at(apart, further)] * choose_[at(further, holding)];
        sum += part_[at(wanted, own)] * groups * choose_[at(others, apart)] *
               std::pow(1.0 + static_cast<double>(own), static_cast<double>(others - apart));
      }
    return sum;
  }

  std::size_t ends_, met_;
  std::vector<double> known_, choose_, part_;
};

template <std::size_t kBits>
class Annealing {
 public:
  using Set = std::bitset<kBits>;

  Annealing(std::span<const Nodes> lists, std::span<const std::uint32_t> ends)
      : states_(ends.size()),
        lists_(lists),
        neighbours_(lists.size()),
        before_(lists.size() + 1),
        cost_(lists.size(), 0) {
    for (std::size_t v = 0; v < lists.size(); ++v)
      for (const std::uint32_t w : lists[v]) neighbours_[v].set(w);
    for (const std::uint32_t v : ends) ends_.set(v);
  }

  Nodes run(std::span<const Nodes> starts) {
    double least = INFINITY;
    for (const Nodes& start : starts) {
      take(start);
      if (sum_ >= least) continue;
      least = sum_;
      best_ = start;
    }
    least_ = least;
    if (least_ <= kGood) return best_;
    for (int round = 0; round < kRounds; ++round) {
      take(best_);
      improve(kBits > 64 ? kMoves / 10 : kMoves);
    }
    return best_;
  }

 private:
  struct Before {
    Set entered, frontier;
  };

  void take(const Nodes& order) {
    order_ = order;
    sum_ = walk(0, order.size());
  }

  // States while the nodes from `begin` to `end` are looked at, about; one is on the frontier while its links are.
  double walk(std::size_t begin, std::size_t end) {
    Before now = before_[begin];
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) {
      before_[i] = now;
      const std::uint32_t v = order_[i];
      now.entered.set(v);
      now.frontier.set(v);
      std::size_t links = 0;
      const std::size_t width = now.frontier.count(), wanted = (now.frontier & ends_).count();
      const double states = states_.of(width, wanted, (now.entered & ends_).count());
      for (const std::uint32_t w : lists_[v]) {
        if (!now.entered.test(w)) continue;
        ++links;
        if ((neighbours_[w] & ~now.entered).none()) now.frontier.reset(w);
      }
      if (links == lists_[v].size()) now.frontier.reset(v);
      cost_[i] = static_cast<double>(links + 1) * states;
      sum += cost_[i];
    }
    return sum;
  }

  void shift(std::size_t from, std::size_t to) {
    const auto at = [&](std::size_t i) { return order_.begin() + static_cast<std::ptrdiff_t>(i); };
    if (from < to)
      std::rotate(at(from), at(from + 1), at(to + 1));
    else
      std::rotate(at(to), at(from), at(from + 1));
  }

  // Moves one node to another place, at random but always the same; what is worse is taken on now and then, ever less
  // (Kirkpatrick, Gelatt, Vecchi 1983, doi:10.1126/science.220.4598.671).
  void improve(int moves) {
    const std::size_t size = order_.size();
    for (int move = 0; move < moves; ++move) {
      const std::size_t from = throw_dice(size), to = throw_dice(size);
      if (from == to) continue;
      const std::size_t low = std::min(from, to), high = std::max(from, to) + 1;
      double old = 0;
      for (std::size_t i = low; i < high; ++i) old += cost_[i];
      shift(from, to);
      const double then = sum_ - old + walk(low, high);
      const double warmth = std::max(1e-3, 0.5 * (1 - static_cast<double>(move) / moves));
      if (then <= sum_ ||
          static_cast<double>(throw_dice(1'000'000)) < 1e6 * std::exp(-std::log(then / sum_) / warmth)) {
        sum_ = then;
        if (sum_ < least_ * (1 - 1e-9)) {
          sum_ = total();
          least_ = sum_;
          best_ = order_;
        }
      } else {
        shift(to, from);
        (void)walk(low, high);
      }
    }
  }

  [[nodiscard]] double total() const {
    double sum = 0;
    for (const double cost : cost_) sum += cost;
    return sum;
  }

  std::size_t throw_dice(std::size_t sides) {
    dice_ = dice_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((dice_ >> 33U) % sides);
  }

  FrontierStates states_;
  std::span<const Nodes> lists_;
  Set ends_;
  std::vector<Set> neighbours_;
  Nodes order_, best_;
  std::vector<Before> before_;  // by place in the order
  std::vector<double> cost_;
  double sum_ = 0, least_ = 0;
  std::uint64_t dice_ = 1;
};

}  // namespace

Nodes improved_order(std::span<const Nodes> neighbours, std::span<const std::uint32_t> ends,
                     std::span<const Nodes> starts) {
  if (neighbours.size() <= 64) return Annealing<64>(neighbours, ends).run(starts);
  return Annealing<kMostOrdered>(neighbours, ends).run(starts);
}

}  // namespace nines::structure
