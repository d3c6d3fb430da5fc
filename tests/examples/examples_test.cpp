// The answers that the examples give in their first lines.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

namespace nines {
namespace {

std::map<std::string, Answer> answers(const std::string& name, const std::string& set = "") {
  text::Sources sources;
  const auto file = load_model_file(sources, std::string(NINES_EXAMPLES) + "/" + name);
  EXPECT_TRUE(file.has_value()) << name;
  std::vector<Override> overrides;
  if (!set.empty()) overrides.push_back(*parse_override(sources, "--set", set));
  const auto readings = read_designs(sources, *file, {}, overrides);
  EXPECT_TRUE(readings.has_value()) << name;
  std::map<std::string, Answer> result;
  for (const Reading& reading : *readings) {
    // A design that lacks the path stays as it is, and says so.
    EXPECT_TRUE(!set.empty() || reading.warnings.empty()) << name << ": " << reading.warnings.front().message;
    auto answer = markov::solve(reading.model);
    EXPECT_TRUE(answer.has_value()) << name;
    if (answer) result[reading.model.design] = std::move(*answer);
  }
  return result;
}

double minutes(const Answer& answer) {
  return *answer.measures.downtime_min_per_year;
}

double minutes(const Answer& answer, Cause cause) {
  double sum = 0;
  for (const CauseShare& row : answer.causes)
    if (row.cause == cause) sum += row.downtime_min_per_year;
  return sum;
}

// The answers are printed with three digits.
void expect_printed(double value, double printed) {
  EXPECT_NEAR(value, printed, 0.005 * printed);
}

TEST(Examples, WebShop) {
  const auto all = answers("web-shop.yaml");
  expect_printed(minutes(all.at("drilled")), 8.97);
  expect_printed(minutes(all.at("primary-standby")), 11.6);
  expect_printed(minutes(all.at("quorum")), 10.5);
  for (const char* other : {"primary-standby", "quorum"})
    EXPECT_LT(*all.at("drilled").measures.cost_per_year, *all.at(other).measures.cost_per_year);
  const auto& region = all.at("drilled").infrastructure.at(0);
  EXPECT_EQ(region.name, "region");
  expect_printed(region.downtime_share * minutes(all.at("drilled")), 5.99);
}

TEST(Examples, Pair) {
  const auto all = answers("pair.yaml");
  const Answer& base = all.at("base");
  expect_printed(minutes(base), 4.83);
  EXPECT_NEAR(*base.measures.availability, 0.99999081, 5e-9);
  expect_printed(minutes(base, Cause::by_hand), 3.03);
  expect_printed(minutes(base, Cause::too_few_nodes), 0.449);
}

TEST(Examples, Quorum) {
  const auto all = answers("quorum.yaml");
  expect_printed(minutes(all.at("five")), 4.96);
  expect_printed(minutes(all.at("three")), 10.1);
  EXPECT_NEAR(*all.at("five").measures.cost_per_year - *all.at("three").measures.cost_per_year, 5000, 1e-6);
  expect_printed(minutes(all.at("five"), Cause::too_few_nodes), 0.0470);
  expect_printed(minutes(all.at("three"), Cause::too_few_nodes), 6.80);
  expect_printed(minutes(all.at("five"), Cause::by_hand), 3.97);
  expect_printed(minutes(all.at("three"), Cause::by_hand), 2.39);
}

TEST(Examples, MasterSlaveAgainstCluster) {
  const auto all = answers("master-slave-vs-cluster.yaml");
  expect_printed(minutes(all.at("cluster-2")), 1.73);
  expect_printed(minutes(all.at("master-slave-2")), 3.61);
  expect_printed(minutes(all.at("cluster-3-quorum")), 3.16);
  const auto slow = answers("master-slave-vs-cluster.yaml", "server_repair=24h");
  expect_printed(minutes(slow.at("master-slave-3")), 3.19);
  for (const auto& [design, answer] : slow) EXPECT_GE(minutes(answer), minutes(slow.at("master-slave-3"))) << design;
}

TEST(Examples, CapacityByDayAndNight) {
  const auto all = answers("capacity-day-night.yaml");
  expect_printed(*all.at("n").unserved * 100, 0.0903);
  expect_printed(*all.at("n-plus-1").unserved * 100, 0.00367);
  expect_printed(*all.at("n-plus-2").unserved * 100, 0.00167);
  for (const auto& [design, answer] : all) {
    expect_printed(minutes(answer), minutes(all.at("n")));
    EXPECT_EQ(answer.targets.at(1).measure, "served");
    EXPECT_EQ(answer.targets.at(1).met, design != "n") << design;
  }
  EXPECT_NEAR(*all.at("n-plus-1").measures.cost_per_year - *all.at("n").measures.cost_per_year, 2500, 1e-6);
  const auto quick = answers("capacity-day-night.yaml", "web.detection=5s");
  expect_printed(*quick.at("n-plus-1").unserved * 100, 0.00307);
}

TEST(Examples, Power) {
  const auto all = answers("power.yaml");
  const auto failovers = [&](const char* design) {
    return minutes(all.at(design), Cause::automatic_failover) + minutes(all.at(design), Cause::by_hand);
  };
  expect_printed(minutes(all.at("one-feed")), 23.2);
  expect_printed(minutes(all.at("tested")), 5.50);
  expect_printed(minutes(all.at("two-feeds")), 3.47);
  expect_printed(minutes(all.at("two-feeds"), Cause::infrastructure), 0.0379);
  expect_printed(minutes(all.at("tested"), Cause::infrastructure), 2.48);
  expect_printed(failovers("tested"), 2.57);
  expect_printed(failovers("two-feeds"), 2.98);
  EXPECT_FALSE(all.at("one-feed").targets.at(0).met);
  EXPECT_TRUE(all.at("tested").targets.at(0).met);
  EXPECT_TRUE(all.at("two-feeds").targets.at(0).met);
}

TEST(Examples, StorageShelf) {
  const auto all = answers("storage-shelf.yaml");
  expect_printed(minutes(all.at("empty-shelf")), 27.4);
  expect_printed(minutes(all.at("double-parity")), 8.14);
  expect_printed(minutes(all.at("two-spares")), 5.40);
  expect_printed(minutes(all.at("single-parity")), 36.6);
  const auto three = answers("storage-shelf.yaml", "spares.disk.stock=3");
  expect_printed(minutes(three.at("double-parity")), 5.13);
  expect_printed(minutes(three.at("single-parity")), 17.8);
  expect_printed(minutes(answers("storage-shelf.yaml", "shelf.need=9").at("double-parity")), 1.49);
  EXPECT_TRUE(all.at("double-parity").method.exact);
}

TEST(Examples, SlaMonth) {
  const auto all = answers("sla-month.yaml");
  const auto breach = [&](const char* design) { return *all.at(design).measures.breach_probability * 100; };
  expect_printed(minutes(all.at("one-big")), 160);
  expect_printed(minutes(all.at("slow-failover")), 159);
  expect_printed(minutes(all.at("quick-failover")), 40.0);
  expect_printed(breach("one-big"), 2.65);
  expect_printed(breach("slow-failover"), 17.9);
  expect_printed(breach("quick-failover"), 1.59);
  EXPECT_TRUE(all.at("one-big").targets.at(0).met);
  EXPECT_FALSE(all.at("slow-failover").targets.at(0).met);
  EXPECT_TRUE(all.at("quick-failover").targets.at(0).met);
}

// Too large to be looked at together: taken apart.
TEST(Examples, ZonesAndRegion) {
  const auto all = answers("zones-and-region.yaml");
  const Answer& platform = all.at("platform");
  expect_printed(minutes(platform), 40.7);
  expect_printed(minutes(all.at("drilled")), 35.5);
  expect_printed(minutes(all.at("clusters")), 37.7);
  EXPECT_FALSE(platform.method.exact);
  ASSERT_TRUE(platform.method.approximation_error);
  EXPECT_LT(*platform.method.approximation_error, 1e-3);
  const auto& region = platform.infrastructure.at(0);
  EXPECT_EQ(region.name, "region");
  expect_printed(region.downtime_share * minutes(platform), 11.8);
  expect_printed(minutes(answers("zones-and-region.yaml", "region.mtbf=2years").at("platform")), 88.9);
  expect_printed(minutes(answers("zones-and-region.yaml", "region.mtbf=20years").at("platform")), 34.7);
}

TEST(Examples, TwoSites) {
  const auto all = answers("two-sites.yaml");
  const Answer &two = all.at("two-sites"), &drilled = all.at("drilled");
  expect_printed(minutes(two), 23.6);
  expect_printed(minutes(all.at("one-site")), 1082);
  expect_printed(minutes(two, Cause::automatic_failover), 11.9);
  expect_printed(minutes(two, Cause::by_hand), 9.49);
  expect_printed(minutes(all.at("people-decide")), 38.9);
  // Half a minute's wait gives up sites whose own failover takes longer than that.
  double least = 1e9;
  for (const auto& [wait, printed] : {std::pair{"30s", 42.5}, {"2min", 28.0}, {"7min", 23.3}, {"15min", 25.4}}) {
    const double found = minutes(answers("two-sites.yaml", "service.detection=" + std::string(wait)).at("two-sites"));
    expect_printed(found, printed);
    least = std::min(least, found);
  }
  expect_printed(least, 23.3);
  expect_printed(minutes(drilled), 21.1);
  const double planned = *drilled.measures.planned_unavailability * 525600;
  expect_printed(planned, 6.08);
  expect_printed(minutes(drilled) - planned, 15.0);
  EXPECT_GT(planned, (minutes(two) - (minutes(drilled) - planned)) / 2);
  EXPECT_FALSE(drilled.method.exact);
  EXPECT_FALSE(two.measures.planned_unavailability.has_value());
}

TEST(Examples, KubernetesControlPlane) {
  const auto all = answers("kubernetes-control-plane.yaml");
  const Answer &three = all.at("three"), &five = all.at("five");
  expect_printed(minutes(three), 160);
  expect_printed(minutes(five), 160);
  expect_printed(minutes(three, Cause::bad_release), 117);
  expect_printed(minutes(three, Cause::shared_cause), 40.0);
  const auto too_few = [](const Answer& answer) {
    for (const CauseShare& row : answer.causes)
      if (row.component == "etcd" && row.cause == Cause::too_few_nodes) return row.downtime_min_per_year;
    return 0.0;
  };
  expect_printed(too_few(three), 1.35);
  expect_printed(too_few(five), 0.00414);
  expect_printed(minutes(all.at("careful")), 82.1);
  EXPECT_NEAR(*five.measures.cost_per_year - *three.measures.cost_per_year, 6000, 1e-6);
}

TEST(Examples, Heartbeat) {
  const auto with = [](const std::string& set) { return minutes(answers("heartbeat.yaml", set).at("base")); };
  const double four = with("db.detection.misses=4");
  expect_printed(four, 4.19);
  expect_printed(with(""), 7.71);
  expect_printed(with("db.detection.misses=5"), 4.49);
  for (const char* other : {"2", "3", "5", "6", "8"})
    EXPECT_GT(with("db.detection.misses=" + std::string(other)), four);
  const double rare = with("db.detection.loss=0.1%");
  expect_printed(rare, 3.82);
}

TEST(Examples, Network) {
  const auto all = answers("network.yaml");
  expect_printed(minutes(all.at("ring")), 324);
  expect_printed(minutes(all.at("cross-line")), 262);
  expect_printed(minutes(all.at("two-technicians")), 283);
  expect_printed(minutes(all.at("routers-on-site")), 143);
  EXPECT_NEAR(3 * 4 / (3 * 8760.0 + 4) * 525600, 240, 0.5);
  EXPECT_GT(minutes(answers("network.yaml", "crews.field=5").at("cross-line")), 240);
}

}  // namespace
}  // namespace nines
