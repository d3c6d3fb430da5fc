#include "bench/cluster_chain.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace nines::bench {
namespace {

constexpr double kWorkstation = 1.0 / 500, kSwitch = 1.0 / 4000, kBackbone = 1.0 / 5000;  // failures per hour
constexpr double kInspection = 10, kRepairWorkstation = 2, kRepairSwitch = 0.25, kRepairBackbone = 0.125;

enum Repaired : std::uint32_t { kNothing, kLeft, kRight, kLeftSwitch, kRightSwitch, kBackboneItself };

struct State {
  std::uint32_t left, right;  // workstations that work
  bool left_switch, right_switch, backbone;
  std::uint32_t repaired;
  bool harsh;
};

struct Move {
  State to;
  double rate;
};

class Cluster {
 public:
  Cluster(std::uint32_t n, double environment) : n_(n), environment_(environment) {}

  [[nodiscard]] State start() const { return {n_, n_, true, true, true, kNothing, false}; }

  [[nodiscard]] std::uint64_t number(const State& s) const {
    std::uint64_t code = std::uint64_t{s.left} * (n_ + 1) + s.right;
    code = code * 8 + (s.left_switch ? 4 : 0) + (s.right_switch ? 2 : 0) + (s.backbone ? 1 : 0);
    return (code * 6 + s.repaired) * 2 + (s.harsh ? 1 : 0);
  }

  void moves(const State& s, std::vector<Move>& out) const {
    out.clear();
    const double often = s.harsh ? 2 * kWorkstation : kWorkstation;
    const auto add = [&](double rate, auto&& change) {
      State to = s;
      change(to);
      out.push_back({to, rate});
    };
    if (s.left > 0) add(often * s.left, [](State& t) { --t.left; });
    if (s.right > 0) add(often * s.right, [](State& t) { --t.right; });
    if (s.left_switch) add(kSwitch, [](State& t) { t.left_switch = false; });
    if (s.right_switch) add(kSwitch, [](State& t) { t.right_switch = false; });
    if (s.backbone) add(kBackbone, [](State& t) { t.backbone = false; });
    if (environment_ > 0) add(environment_, [](State& t) { t.harsh = !t.harsh; });
    const auto inspect = [&](bool failed, Repaired what) {
      if (failed && s.repaired == kNothing) add(kInspection, [&](State& t) { t.repaired = what; });
    };
    inspect(s.left < n_, kLeft);
    inspect(s.right < n_, kRight);
    inspect(!s.left_switch, kLeftSwitch);
    inspect(!s.right_switch, kRightSwitch);
    inspect(!s.backbone, kBackboneItself);
    const auto repair = [&](Repaired what, double rate, auto&& change) {
      if (s.repaired != what) return;
      add(rate, [&](State& t) {
        t.repaired = kNothing;
        change(t);
      });
    };
    repair(kLeft, kRepairWorkstation, [](State& t) { ++t.left; });
    repair(kRight, kRepairWorkstation, [](State& t) { ++t.right; });
    repair(kLeftSwitch, kRepairSwitch, [](State& t) { t.left_switch = true; });
    repair(kRightSwitch, kRepairSwitch, [](State& t) { t.right_switch = true; });
    repair(kBackboneItself, kRepairBackbone, [](State& t) { t.backbone = true; });
  }

  [[nodiscard]] bool serves(const State& s, std::uint32_t k) const {
    return (s.left >= k && s.left_switch) || (s.right >= k && s.right_switch) ||
           (s.left + s.right >= k && s.left_switch && s.right_switch && s.backbone);
  }

 private:
  std::uint32_t n_;
  double environment_;
};

}  // namespace

bool write_cluster(std::uint32_t n, double environment, const std::string& base) {
  const Cluster cluster(n, environment);
  std::unordered_map<std::uint64_t, std::uint32_t> known{{cluster.number(cluster.start()), 0}};
  std::vector<State> states{cluster.start()};
  std::vector<Move> moves;
  std::uint64_t transitions = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    cluster.moves(states[i], moves);
    transitions += moves.size();
    for (const Move& move : moves)
      if (known.emplace(cluster.number(move.to), static_cast<std::uint32_t>(states.size())).second)
        states.push_back(move.to);
  }
  // Numbered by what they hold, as generators do that go through their variables in order.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < states.size(); ++i) order.emplace_back(cluster.number(states[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> number(states.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i].second] = i;

  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const File tra(std::fopen((base + ".tra").c_str(), "w"), std::fclose);
  const File lab(std::fopen((base + ".lab").c_str(), "w"), std::fclose);
  if (!tra || !lab) return false;
  const auto put = [](const File& file, const std::string& line) { std::fputs(line.c_str(), file.get()); };
  put(tra, fmt::format("{} {}\n", states.size(), transitions));
  put(lab, "0=\"init\" 1=\"deadlock\" 2=\"minimum\" 3=\"premium\"\n");
  std::vector<std::pair<std::uint32_t, double>> row;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const State& state = states[order[i].second];
    cluster.moves(state, moves);
    row.clear();
    for (const Move& move : moves) row.emplace_back(number[known[cluster.number(move.to)]], move.rate);
    std::sort(row.begin(), row.end());
    for (const auto& [to, rate] : row) put(tra, fmt::format("{} {} {}\n", i, to, rate));
    std::string labels = order[i].second == 0 ? " 0" : "";
    if (cluster.serves(state, 3 * n / 4)) labels += " 2";
    if (cluster.serves(state, n)) labels += " 3";
    if (!labels.empty()) put(lab, fmt::format("{}:{}\n", i, labels));
  }
  return std::fflush(tra.get()) == 0 && std::fflush(lab.get()) == 0;
}

}  // namespace nines::bench
