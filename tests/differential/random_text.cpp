#include "tests/differential/random_text.hpp"

#include <vector>

#include <fmt/format.h>

#include "tests/differential/dice.hpp"

namespace nines::test {
namespace {

class Writer {
 public:
  Writer(std::uint64_t seed, const TextOptions& options)
      : dice_(seed ^ 0x5eed), net_dice_(seed ^ 0x4e7), options_(options) {}

  std::string run() {
    crews_ = dice_.below(2);
    spares_ = dice_.one_in(3) ? 1 : 0;
    demand_ = dice_.one_in(3);
    if (crews_ > 0)
      text_ += fmt::format("crews: {{ops: {{size: {}, order: {}}}}}\n", dice_.one_in(4) ? 2 : 1,
                           dice_.one_in(2) ? "fifo" : "priority");
    if (spares_ > 0)
      text_ += fmt::format("spares: {{part: {{stock: {}, lead_time: {}}}}}\n", dice_.below(3), time(5, 60));
    add_infrastructure();
    if (options_.chains && dice_.one_in(4)) add_chain();
    if (options_.networks && net_dice_.one_in(3)) add_network();
    add_components();
    add_causes();
    if (demand_)
      text_ += dice_.one_in(2) ? fmt::format("demand: {:.3f}\n", dice_.between(1, 30))
                               : fmt::format(
                                     "demand: {{d: {{level: {:.3f}, share: 25 %}}, n: {{level: {:.3f}, share: 75 "
                                     "%}}}}\n",
                                     dice_.between(5, 30), dice_.between(1, 10));
    return "nines: 1\n" + text_;
  }

 private:
  std::string time(double low, double high) { return fmt::format("{:.4f} h", dice_.between(low, high)); }
  std::string share(double low, double high) { return fmt::format("{:.2f} %", dice_.between(low, high)); }

  std::string restoration() {
    if (!dice_.one_in(4)) return "mttr: " + time(1, 20);
    return fmt::format("recovery: [{{takes: {}, works: {}}}, {{takes: {}}}]", time(0.5, 5), share(30, 90), time(1, 20));
  }

  std::string waits() {
    std::string text;
    if (crews_ > 0 && dice_.one_in(2)) text += ", crew: ops";
    if (crews_ > 0 && dice_.one_in(3)) text += fmt::format(", priority: {}", dice_.below(3));
    if (spares_ > 0 && dice_.one_in(2)) text += ", spare: part";
    return text;
  }

  std::string unit() {
    std::string text = dice_.one_in(4)
                           ? fmt::format("failures: {{m0: {{mtbf: {}, {}{}}}, m1: {{mtbf: {}, {}{}}}}}", time(50, 500),
                                         restoration(), waits(), time(50, 500), restoration(), waits())
                           : fmt::format("mtbf: {}, {}{}", time(50, 500), restoration(), waits());
    if (demand_ && dice_.one_in(2)) text += fmt::format(", capacity: {}", 5 * (1 + dice_.below(3)));
    return text;
  }

  std::string pair(bool plain_units) {
    std::string text = "redundancy: primary-standby, nodes: 2";
    const std::uint32_t standby = dice_.below(4);
    if (standby == 1) text += ", standby: cold";
    if (standby == 2) text += fmt::format(", standby: warm, standby_failure_factor: {:.2f}", dice_.between(0.1, 0.9));
    if (dice_.one_in(2))
      text += options_.calendars && dice_.one_in(3)
                  ? fmt::format(", detection: {{heartbeat: {}, misses: {}, loss: {}}}", time(0.05, 0.5),
                                1 + dice_.below(3), share(5, 20))
                  : ", detection: " + time(0.05, 1);
    if (dice_.one_in(2)) text += ", failover: " + time(0.05, 2);
    if (dice_.one_in(3)) text += ", failback: " + time(0.1, 1);
    if (dice_.one_in(3)) text += ", false_failover: " + time(100, 500);
    if (dice_.one_in(2)) text += fmt::format(", coverage: {}, manual_recovery: {}", share(50, 95), time(0.5, 4));
    if (options_.calendars && plain_units && dice_.one_in(3)) text += ", inspection: " + time(50, 200);
    return text;
  }

  std::string cluster() {
    const std::uint32_t nodes = 2 + dice_.below(2);
    std::string text = fmt::format("redundancy: cluster, nodes: {}, need: {}", nodes, 1 + dice_.below(nodes));
    if (dice_.one_in(2)) text += ", detection: " + time(0.05, 1);
    if (dice_.one_in(2)) text += ", failover: " + time(0.05, 2);
    const char* const pauses[] = {"none", "leader", "all"};
    text += fmt::format(", pause: {}", pauses[dice_.below(3)]);
    if (dice_.one_in(4)) text += fmt::format(", load_sharing: {:.2f}", dice_.between(0.2, 2));
    if (dice_.one_in(3)) text += fmt::format(", coverage: {}, manual_recovery: {}", share(50, 95), time(0.5, 4));
    if (options_.calendars && dice_.one_in(4))
      text += fmt::format(", maintenance: {{every: {}, takes: {}, mode: rolling}}", time(100, 300), time(0.5, 5));
    return text;
  }

  // What it is made of and stands on.
  std::string body(bool plain_units, const std::string& of) {
    std::string text = dice_.one_in(3)   ? pair(plain_units)
                       : dice_.one_in(2) ? cluster()
                                         : fmt::format("nodes: {}", 1 + dice_.below(2));
    const bool several = text != "nodes: 1";
    text += ", " + (of.empty() ? unit() : "of: " + of);
    if (several && of.empty() && dice_.one_in(5)) text += ", beta: " + share(2, 30);
    if (dice_.one_in(5))
      text +=
          fmt::format(", changes: {{every: {}, fail: {}, rollback: {}}}", time(50, 200), share(5, 40), time(0.2, 3));
    if (options_.calendars && dice_.one_in(6) && text.find("rolling") == std::string::npos)
      text += fmt::format(", maintenance: {{every: {}, takes: {}}}", time(100, 300), time(0.5, 3));
    if (!places_.empty() && dice_.one_in(3)) {
      text += ", placement: [";
      for (std::size_t i = 0; i < places_.size(); ++i) text += (i ? ", " : "") + places_[i];
      text += "]";
    }
    const bool stands = !places_.empty() && dice_.one_in(4);
    if (stands) text += ", needs: [" + places_[dice_.below(count(places_))] + "]";
    if (network_ && !stands && net_dice_.one_in(4)) text += ", needs: [net]";
    return text;
  }

  static std::uint32_t count(const std::vector<std::string>& list) { return static_cast<std::uint32_t>(list.size()); }

  void add_infrastructure() {
    const std::uint32_t entries = dice_.below(3);
    if (entries == 0) return;
    text_ += "infrastructure:\n";
    for (std::uint32_t i = 0; i < entries; ++i) {
      const std::string name = "z" + std::to_string(i);
      std::string entry =
          (dice_.one_in(4) ? pair(true) + ", " : "") + fmt::format("mtbf: {}, {}", time(50, 500), restoration());
      if (dice_.one_in(6))
        entry +=
            fmt::format(", changes: {{every: {}, fail: {}, rollback: {}}}", time(50, 200), share(5, 40), time(0.2, 3));
      if (i > 0 && dice_.one_in(3)) entry += ", needs: [z0]";
      text_ += fmt::format("  {}: {{{}}}\n", name, entry);
      places_.push_back(name);
      hit_.push_back(name);
    }
  }

  void add_chain() {
    text_ += fmt::format(
        "chains: {{ups: {{states: {{ok: up, low: up, dark: down}}, start: ok, transitions: [{{from: ok, to: low, mean: "
        "{}}}, {{from: low, to: dark, mean: {}}}, {{from: low, to: ok, mean: {}}}, {{from: dark, to: ok, mean: "
        "{}}}]}}}}\n",
        time(50, 300), time(20, 80), time(5, 20), time(1, 10));
    places_.push_back("ups");
  }

  // A few nodes on a tree, with some links more; up to four of all that fail.
  void add_network() {
    network_ = true;
    const std::uint32_t nodes = 2 + net_dice_.below(3), kinds = 1 + net_dice_.below(2);
    std::uint32_t fail = 0;
    const auto kind = [&] { return fmt::format("t{}", net_dice_.below(kinds)); };
    const auto fails = [&](std::uint32_t one_in) { return net_dice_.one_in(one_in) && fail++ < 4; };
    text_ += "types:\n";
    for (std::uint32_t k = 0; k < kinds; ++k) {
      const char* const crew = crews_ > 0 && net_dice_.one_in(3) ? ", crew: ops" : "";
      const char* const spare = spares_ > 0 && net_dice_.one_in(3) ? ", spare: part" : "";
      text_ += fmt::format("  t{}: {{mtbf: {:.4f} h, mttr: {:.4f} h{}{}}}\n", k, net_dice_.between(50, 500),
                           net_dice_.between(1, 20), crew, spare);
    }
    std::string declared, links;
    for (std::uint32_t v = 0; v < nodes; ++v)
      if (fails(3)) declared += fmt::format("{}r{}: {}", declared.empty() ? "" : ", ", v, kind());
    for (std::uint32_t l = 1; l < nodes + net_dice_.below(3); ++l) {
      const std::uint32_t to = l < nodes ? l : net_dice_.below(nodes);
      const std::uint32_t from = l < nodes ? net_dice_.below(l) : (to + 1 + net_dice_.below(nodes - 1)) % nodes;
      links += fmt::format("{}[r{}, r{}{}]", links.empty() ? "" : ", ", from, to, fails(2) ? ", " + kind() : "");
    }
    const bool directed = net_dice_.one_in(4);  // the tree leads away from r0
    text_ +=
        fmt::format("networks: {{net: {{nodes: {{{}}}, links: [{}], connect: [r0, r1{}]{}}}}}\n", declared, links,
                    !directed && nodes > 2 && net_dice_.one_in(2) ? ", r2" : "", directed ? ", directed: true" : "");
    if (net_dice_.one_in(2)) hit_.push_back("net");
  }

  void add_components() {
    const bool copies = dice_.one_in(3);
    const std::uint32_t inner = copies ? 1 + dice_.below(2) : 0, own = copies ? dice_.below(2) : 1 + dice_.below(3);
    std::string components, expression;
    const auto add = [&](const std::string& name, const std::string& words) {
      components += fmt::format("  {}: {{{}}}\n", name, words);
      hit_.push_back(name);
    };
    for (std::uint32_t i = 0; i < inner; ++i) {
      const std::string name = "a" + std::to_string(i);
      add(name, dice_.one_in(2) ? unit() : body(true, ""));
      expression += (i ? (dice_.one_in(2) ? " and " : " or ") : "") + name;
    }
    if (copies && !places_.empty() && dice_.one_in(4)) expression += " and " + places_[0];
    if (copies && network_ && net_dice_.one_in(2)) expression += " and net";
    std::vector<std::string> named;
    if (copies) {
      add("service", body(false, "site"));
      named.push_back("service");
    }
    for (std::uint32_t i = 0; i < own; ++i) {
      named.push_back("c" + std::to_string(i));
      add(named.back(), body(true, ""));
    }
    if (copies) text_ += "assemblies: {site: " + expression + "}\n";
    text_ += "components:\n" + components;
    std::string system;
    for (std::size_t i = 0; i < named.size(); ++i) system += (i ? (dice_.one_in(2) ? " and " : " or ") : "") + named[i];
    if (!places_.empty() && dice_.one_in(5)) system = "(" + system + ") and " + places_[dice_.below(count(places_))];
    if (network_ && !net_dice_.one_in(3))
      system = fmt::format("({}) {} net", system, net_dice_.one_in(2) ? "and" : "or");
    text_ += "system: " + system + "\n";
  }

  void add_causes() {
    if (!dice_.one_in(3)) return;
    std::string hits = hit_[dice_.below(count(hit_))];
    if (const std::string& other = hit_[dice_.below(count(hit_))]; other != hits) hits += ", " + other;
    text_ += fmt::format("common_causes: {{surge: {{mtbf: {}, hits: [{}]", time(100, 500), hits);
    if (dice_.one_in(2)) text_ += ", probability: " + share(20, 90);
    if (dice_.one_in(2)) text_ += ", restore: " + time(0.5, 5);
    text_ += "}}\n";
  }

  Dice dice_, net_dice_;
  TextOptions options_;
  std::string text_;
  std::uint32_t crews_ = 0, spares_ = 0;
  bool demand_ = false, network_ = false;
  std::vector<std::string> places_, hit_;
};

}  // namespace

std::string random_text(std::uint64_t seed, const TextOptions& options) {
  return Writer(seed, options).run();
}

}  // namespace nines::test
