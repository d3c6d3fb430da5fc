// Laws that are not exponential: by their means where that is exact, by fits where something reacts, or refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

namespace nines::markov {
namespace {

Model read(const std::string& body) {
  const std::string path =
      testing::TempDir() + "/nines-laws-" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".yaml";
  std::ofstream(path) << "nines: 1\n" << body;
  text::Sources sources;
  const auto file = load_model_file(sources, path);
  EXPECT_TRUE(file.has_value()) << body;
  const auto readings = read_designs(sources, *file, {}, {});
  EXPECT_TRUE(readings.has_value()) << body;
  return readings->front().model;
}

Answer answer(const std::string& body) {
  auto answer = solve(read(body));
  EXPECT_TRUE(answer.has_value()) << body << answer.error().message;
  return answer ? *answer : Answer{};
}

std::string component(const std::string& keys) {
  return "components: {u: {" + keys + "}}\n";
}

bool has_note(const Answer& answer, const std::string& words) {
  const auto& notes = answer.method.notes;
  return std::any_of(notes.begin(), notes.end(),
                     [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

constexpr const char* kWorn = "mtbf: {weibull: {shape: 2, mean: 1000 h}}, mttr: {lognormal: {mean: 8 h, cv: 1.5}}";
constexpr double kWornUp = 1000.0 / 1008, kWornDown = 8.0 / 1008, kWornFails = 1.0 / 1008;  // an hour

void expect_relative(double value, double expected) {
  EXPECT_NEAR(value / expected, 1, 1e-13);
}

TEST(Laws, OneUnitByItsMeans) {
  const Answer one = answer(component(kWorn));
  expect_relative(*one.measures.availability, kWornUp);
  expect_relative(*one.measures.unavailability, kWornDown);
  expect_relative(*one.measures.failures_per_year, 8760 * kWornFails);
  expect_relative(*one.measures.mean_up_time_h, 1000);
  expect_relative(*one.measures.mean_down_time_h, 8);
  EXPECT_TRUE(one.method.exact);
  EXPECT_TRUE(has_note(one, "only their means matter"));
  expect_relative(*one.measures.mttff_h, 1000);
}

TEST(Laws, TwoOfThree) {
  const Answer vote = answer(component(std::string("redundancy: cluster, nodes: 3, need: 2, ") + kWorn));
  const double a = kWornUp, u = kWornDown;
  expect_relative(*vote.measures.unavailability, u * u * (3 * a + u));
  expect_relative(*vote.measures.failures_per_year, 8760 * 3 * 2 * u * a * (kWornFails / a) * a);
}

TEST(Laws, SeriesAndParallelOfUnlikeUnits) {
  const std::string units = std::string("components:\n  a: {") + kWorn +
                            "}\n"
                            "  b: {mtbf: {gamma: {shape: 3, mean: 500 h}}, mttr: {triangular: [1 h, 2 h, 6 h]}}\n"
                            "  c: {mtbf: {fixed: 200 h}, mttr: 1 h}\n"
                            "  d: {mtbf: {uniform: [100 h, 300 h]}, mttr: {empirical: [1 h, 2 h, 6 h]}}\n";
  const double down[] = {kWornDown, 3.0 / 503, 1.0 / 201, 3.0 / 203};
  const double fails[] = {kWornFails, 1.0 / 503, 1.0 / 201, 1.0 / 203};  // an hour
  double up_all = 1, down_all = 1, up_rate = 0, down_rate = 0;
  for (int i = 0; i < 4; ++i) {
    up_all *= 1 - down[i];
    down_all *= down[i];
    up_rate += fails[i] / (1 - down[i]);
    down_rate += fails[i] / down[i];
  }
  const Answer series = answer(units);
  expect_relative(*series.measures.availability, up_all);
  expect_relative(*series.measures.failures_per_year, 8760 * up_all * up_rate);
  const Answer parallel = answer(units + "system: a or b or c or d\n");
  expect_relative(*parallel.measures.unavailability, down_all);
  expect_relative(*parallel.measures.failures_per_year, 8760 * down_all * down_rate);
}

// The wear-out clock goes on through crashes: each mode fails once per mtbf of operation.
TEST(Laws, WearOutBesideACrash) {
  const Answer server = answer(
      component("failures: {crash: {mtbf: 90 days, recovery: [{step: restart, takes: {fixed: 30 s}, works: 90 %}, "
                "{step: reboot, takes: {uniform: [1 h, 3 h]}}]}, worn: {mtbf: {weibull: {shape: 3, mean: 4 years}}, "
                "mttr: {fixed: "
                "8 h}}}"));
  const double crash = 1.0 / (90 * 24), worn = 1.0 / (4 * 8760);
  const double down_per_up = crash * (30.0 / 3600 + 0.1 * 2) + worn * 8;
  expect_relative(*server.measures.unavailability, down_per_up / (1 + down_per_up));
  expect_relative(*server.measures.failures_per_year, 8760 * (crash + worn) / (1 + down_per_up));
}

TEST(Laws, TimersThatNeverRunDoNotMatter) {
  const std::string timers =
      "detection: {fixed: 10 s}, failover: {lognormal: {mean: 30 s, cv: 2}}, manual_recovery: {fixed: 1 h}";
  const auto model = [](const std::string& zone, const std::string& cluster) {
    return "infrastructure: {z: {" + zone +
           "}}\ncomponents: {u: {redundancy: cluster, nodes: 3, need: 2, placement: z, " + cluster + "}}\n";
  };
  const Answer plain = answer(model("mtbf: 5 years, mttr: 3 h", "mtbf: 1000 h, mttr: 8 h"));
  const Answer timed = answer(model("mtbf: 5 years, mttr: {lognormal: {mean: 3 h, cv: 2}}", kWorn + (", " + timers)));
  expect_relative(*timed.measures.unavailability, *plain.measures.unavailability);
  expect_relative(*timed.measures.failures_per_year, *plain.measures.failures_per_year);
  // Nor in a component that only carries others: it is in their block, but its timers start nothing.
  const std::string carried =
      "components: {u: {redundancy: primary-standby, failover: 10 s, mtbf: 1000 h, mttr: 8 h, "
      "coverage: 100 %, manual_recovery: {fixed: 1 h}, placement: z}}\n";
  const auto carrier = [&](const std::string& more) {
    return "infrastructure: {z: {redundancy: cluster, nodes: 3, need: 2, mtbf: 5 years, mttr: 3 h" + more + "}}\n" +
           carried;
  };
  expect_relative(*answer(carrier(", " + timers)).measures.unavailability,
                  *answer(carrier("")).measures.unavailability);
}

TEST(Laws, WhatNeverHappensHasNoLaw) {
  const Answer last = answer(component("mtbf: 1000 h, recovery: [{takes: 1 h, works: 100 %}, {takes: {fixed: 3 h}}]"));
  expect_relative(*last.measures.mttff_h, 1000);
  const Answer immortal = answer("components: {u: {afr: 0 %, mttr: {fixed: 1 h}}, v: {mtbf: 99 h, mttr: 1 h}}\n");
  expect_relative(*immortal.measures.mttff_h, 99);
  const Answer mortal = answer(component("mtbf: {fixed: 1000 h}, mttr: never"));
  EXPECT_EQ(*mortal.measures.unavailability, 1);
}

TEST(Laws, UnitsThatForgetWhenTheyBegan) {
  for (const char* keys : {
           "mtbf: {fixed: 90 h}, mttr: 1 h",
           "mtbf: {empirical: [80 h, 100 h]}, mttr: {uniform: [30 min, 90 min]}",
           "mtbf: 90 h, mttr: {fixed: 1 h}",
           "mtbf: {weibull: {shape: 4, mean: 90 h}}, mttr: {empirical: [30 min, 90 min]}",
           "mtbf: {fixed: 90 h}, recovery: [{takes: {fixed: 30 min}, works: 0 %}, {takes: 30 min}]",
           "failures: {a: {mtbf: {fixed: 180 h}, mttr: {fixed: 1 h}}, b: {mtbf: {fixed: 180 h}, mttr: 1 h}}",
           "failures: {a: {mtbf: {gamma: {shape: 2, mean: 180 h}}}, b: {mtbf: 180 h}}, mttr: {fixed: 1 h}",
       })
    expect_relative(*answer(component(keys)).measures.unavailability, 1.0 / 91);
}

void expect_refused(const std::string& body, const std::string& beginning) {
  const auto refused = solve(read(body));
  ASSERT_FALSE(refused.has_value()) << body;
  EXPECT_EQ(refused.error().code, "not-exponential");
  EXPECT_EQ(refused.error().message.substr(0, beginning.size()), beginning);
  EXPECT_NE(refused.error().helps.back().find("`nines simulate`"), std::string::npos);
}

TEST(Laws, UnitsThatMarchInStep) {
  expect_refused(component("mtbf: {fixed: 90 h}, mttr: {fixed: 1 h}"), "`mtbf` of `u` is {fixed: ");
  expect_refused(component("mtbf: {empirical: [80 h, 100 h]}, mttr: {fixed: 1 h}"), "`mtbf` of `u` is {empirical: ");
  expect_refused(component("mtbf: {fixed: 90 h}, recovery: [{takes: {fixed: 1 h}, works: 100 %}, {takes: 30 min}]"),
                 "`mtbf` of `u`");
  // Where a's repair and life are as long as b's repair, a fails at multiples of 11 h minus one for ever: two such
  // units are down together 46 % more often than the product of their shares.
  expect_refused(
      component("failures: {b: {mtbf: 30 h, mttr: {fixed: 11 h}}, a: {mtbf: {fixed: 10 h}, mttr: {fixed: 1 h}}}"),
      "`failures.a.mtbf` of `u`");
  // A mode that never happens does not help.
  expect_refused(component("failures: {b: {afr: 0 %, mttr: 1 h}, a: {mtbf: {fixed: 10 h}, mttr: {fixed: 1 h}}}"),
                 "`failures.a.mtbf` of `u`");
}

TEST(Laws, WhatReactsTakesFits) {
  const std::string pair = "redundancy: primary-standby, failover: 30 s, mtbf: 1000 h, placement: z, mttr: ";
  const auto model = [](const std::string& zone, const std::string& group) {
    return "infrastructure: {z: {mtbf: 5 years, mttr: " + zone + "}}\ncomponents: {v: {" + kWorn + "}, u: {" + group +
           "}}\n";
  };
  EXPECT_TRUE(solve(read(model("3 h", pair + "8 h"))).has_value());
  const auto expect_fitted = [&](const std::string& body, const std::string& what) {
    const Answer fitted = answer(body);
    EXPECT_FALSE(fitted.method.exact);
    EXPECT_TRUE(has_note(fitted, "phase-type laws stand for " + what)) << body;
  };
  expect_fitted(model("3 h", pair + "{fixed: 8 h}"), "`mttr` of `u`");
  expect_fitted(model("{uniform: [1 h, 5 h]}", pair + "8 h"), "`mttr` of `z`");
  expect_fitted(model("3 h", pair + "8 h, detection: {fixed: 10 s}"), "`detection` of `u`");
  expect_fitted(model("3 h", pair + "8 h, coverage: 90 %, manual_recovery: {fixed: 10 s}"), "`manual_recovery` of `u`");
  expect_fitted(model("3 h",
                      "redundancy: cluster, pause: all, failover: 10 s, mttr: 8 h, mtbf: {weibull: {shape: 2, "
                      "mean: 1000 h}}"),
                "`mtbf` of `u`");
  // In step there as anywhere.
  expect_refused(model("3 h", "redundancy: primary-standby, failover: 30 s, mtbf: {fixed: 90 h}, mttr: {fixed: 1 h}"),
                 "`mtbf` of `u` is {fixed: ");
}

TEST(Laws, NoChainToExport) {
  const Model model = read(std::string("components: {u: {") + kWorn + "}, v: {mtbf: 99 h, mttr: 1 h}}\n");
  const auto all = joint_chain(model, "");
  ASSERT_FALSE(all.has_value());
  EXPECT_EQ(all.error().code, "not-exponential");
  EXPECT_FALSE(joint_chain(model, "u").has_value());
  EXPECT_TRUE(joint_chain(model, "v").has_value());
}

}  // namespace
}  // namespace nines::markov
