// More names than the other generated models have, in terms that share them, over racks and their power: against every
// combination of what is up.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"
#include "tests/differential/dice.hpp"

namespace nines::test {
namespace {

constexpr std::uint32_t kPowers = 2, kRacks = 3;

struct Case {
  std::uint32_t names = 0;
  std::vector<std::uint32_t> rack;            // by name, kRacks for none; each rack has power `rack % kPowers`
  std::vector<double> life_h, restoration_h;  // powers, racks, names
  std::string text;

  [[nodiscard]] std::uint32_t things() const { return kPowers + kRacks + names; }
  [[nodiscard]] bool infrastructure_up(std::uint32_t thing, std::uint32_t up) const {
    return (up >> thing & 1U) != 0 && (thing < kPowers || (up >> ((thing - kPowers) % kPowers) & 1U) != 0);
  }
  [[nodiscard]] bool name_up(std::uint32_t name, std::uint32_t up) const {
    return (up >> (kPowers + kRacks + name) & 1U) != 0 &&
           (rack[name] == kRacks || infrastructure_up(kPowers + rack[name], up));
  }
};

std::string term(Dice& dice, std::uint32_t names, int depth) {
  const std::uint32_t count = 2 + dice.below(3);
  std::vector<std::string> operands;
  for (std::uint32_t i = 0; i < count; ++i)
    operands.push_back(depth > 0 && dice.one_in(2) ? term(dice, names, depth - 1)
                                                   : "c" + std::to_string(dice.below(names)));
  const std::uint32_t kind = dice.below(3);
  std::string result = kind == 2 ? std::to_string(1 + dice.below(count)) + " of (" : "(";
  for (std::uint32_t i = 0; i < count; ++i)
    result += (i == 0 ? "" : kind == 0 ? " and " : kind == 1 ? " or " : ", ") + operands[i];
  return result + ")";
}

Case case_of(std::uint64_t seed) {
  Dice dice(seed);
  Case c;
  c.names = 9 + dice.below(3);
  for (std::uint32_t i = 0; i < kPowers + kRacks + c.names; ++i) {
    c.life_h.push_back(std::round(dice.between(100, 5000)));
    c.restoration_h.push_back(std::round(dice.between(1, 100)));
  }
  const auto times = [&](std::uint32_t thing) {
    return "mtbf: " + std::to_string(static_cast<int>(c.life_h[thing])) +
           " h, mttr: " + std::to_string(static_cast<int>(c.restoration_h[thing])) + " h";
  };
  c.text = "infrastructure:\n";
  for (std::uint32_t i = 0; i < kPowers; ++i) c.text += "  p" + std::to_string(i) + ": {" + times(i) + "}\n";
  for (std::uint32_t i = 0; i < kRacks; ++i)
    c.text +=
        "  r" + std::to_string(i) + ": {" + times(kPowers + i) + ", needs: p" + std::to_string(i % kPowers) + "}\n";
  c.text += "components:\n";
  const bool racks = !dice.one_in(3);
  for (std::uint32_t i = 0; i < c.names; ++i) {
    c.rack.push_back(racks ? dice.below(kRacks + 1) : kRacks);
    c.text += "  c" + std::to_string(i) + ": {" + times(kPowers + kRacks + i) +
              (c.rack[i] < kRacks ? ", needs: r" + std::to_string(c.rack[i]) : "") + "}\n";
  }
  c.text += "system: " + term(dice, c.names, 3);
  // Each or the next, but for one in three: nothing falls apart.
  for (std::uint32_t i = 0; i < c.names; ++i)
    if (!dice.one_in(3))
      c.text += " and (c" + std::to_string(i) + " or c" + std::to_string((i * 4 + 5) % c.names) + ")";
  c.text += "\n";
  return c;
}

struct Want {
  double down = 0, passages = 0, several = 0;
  std::vector<double> share, birnbaum, if_up, if_down;  // by name
};

Want want_of(const Case& c, const Model& model, const std::vector<std::uint32_t>& number) {
  Want want;
  for (auto* list : {&want.share, &want.birnbaum, &want.if_up, &want.if_down}) list->assign(c.names, 0);
  std::vector<char> names(c.names);
  const auto system_up = [&] { return model.system.evaluate([&](ComponentId id) { return names[number[id]] != 0; }); };
  for (std::uint32_t up = 0; up < 1U << c.things(); ++up) {
    double p = 1;
    for (std::uint32_t i = 0; i < c.things(); ++i)
      p *= ((up >> i & 1U) != 0 ? c.life_h[i] : c.restoration_h[i]) / (c.life_h[i] + c.restoration_h[i]);
    const auto set = [&](std::uint32_t state) {
      for (std::uint32_t i = 0; i < c.names; ++i) names[i] = c.name_up(i, state) ? 1 : 0;
    };
    set(up);
    const bool whole = system_up();
    bool one_would_do = false;
    for (std::uint32_t i = 0; i < c.names; ++i) {
      const char was = std::exchange(names[i], 1);
      const bool with = system_up();
      names[i] = 0;
      const bool without = system_up();
      names[i] = was;
      if (!with) want.if_up[i] += p;
      if (!without) want.if_down[i] += p;
      if (with && !without) want.birnbaum[i] += p;
      if (with && !whole) want.share[i] += p;
      one_would_do = one_would_do || with;
    }
    if (!whole) {
      want.down += p;
      if (!one_would_do) want.several += p;
      continue;
    }
    for (std::uint32_t i = 0; i < c.things(); ++i) {
      if ((up >> i & 1U) == 0) continue;
      set(up & ~(1U << i));
      if (!system_up()) want.passages += p / c.life_h[i];
    }
  }
  return want;
}

// NINES_DIFFERENTIAL=N takes N models in place of the usual number.
TEST(Differential, ManyNamesAgainstEveryCombination) {
  const char* wish = std::getenv("NINES_DIFFERENTIAL");
  const int rounds = wish ? std::atoi(wish) : 25;
  for (int round = 1; round <= rounds; ++round) {
    const Case c = case_of(static_cast<std::uint64_t>(round));
    SCOPED_TRACE(std::to_string(round) + "\n" + c.text);
    const auto [model, said] = read("nines: 1\n" + c.text);
    std::vector<std::uint32_t> number(model.components.size(), 0);
    for (ComponentId id = 0; id < model.components.size(); ++id)
      if (model.components[id].name[0] == 'c')
        number[id] = static_cast<std::uint32_t>(std::stoi(model.components[id].name.substr(1)));
    markov::SolveOptions options;
    options.importance = true;
    const auto answer = markov::solve(model, options);
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    const Want want = want_of(c, model, number);
    const auto expect = [&](double got, double wanted, const std::string& what) {
      EXPECT_LE(std::abs(got - wanted), 1e-10 * std::abs(wanted) + 1e-14) << what << ": " << got << " for " << wanted;
    };
    expect(*answer->measures.unavailability, want.down, "unavailability");
    expect(*answer->measures.failures_per_year, want.passages * 8760, "failures");
    double several = 0;
    for (const CauseShare& cause : answer->causes)
      if (!cause.component) several += cause.downtime_min_per_year;
    expect(several / 525600, want.several, "several");
    for (const ComponentShare& share : answer->components) {
      const auto i = static_cast<std::size_t>(std::stoi(share.name.substr(1)));
      expect(share.downtime_share, want.share[i] / want.down, share.name + " share");
      expect(*share.birnbaum, want.birnbaum[i], share.name + " birnbaum");
      expect(*share.importance->raw, want.if_down[i] / want.down, share.name + " RAW");
      if (share.importance->rrw) expect(1 / *share.importance->rrw, want.if_up[i] / want.down, share.name + " RRW");
    }
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace nines::test
