// Networks, solved: what they mean beside other components.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "model/markov/solve.hpp"
#include "tests/description/read.hpp"

namespace nines::test {
namespace {

Answer solved(const std::string& words, const markov::SolveOptions& options = {}) {
  const auto reading = read("nines: 1\n" + words);
  for (const auto& problem : reading.said) EXPECT_NE(problem.severity, text::Severity::error) << problem.message;
  auto answer = markov::solve(reading.model, options);
  EXPECT_TRUE(answer.has_value()) << answer.error().message;
  return answer ? *answer : Answer{};
}

const std::string kTypes = "types: {node: {mtbf: 900 h, mttr: 100 h}, line: {mtbf: 800 h, mttr: 200 h}}\n";

double share(const Answer& answer, Cause cause) {
  double sum = 0;
  for (const CauseShare& row : answer.causes)
    if (row.cause == cause) sum += row.downtime_min_per_year / *answer.measures.downtime_min_per_year;
  return sum;
}

TEST(Networks, NodesThatHaveToBeConnectedHaveToBeUp) {
  const Answer answer = solved(kTypes +
                               "networks: {net: {nodes: {a: node, b: node, c: node}, links: [[a, b, line], [b, c], [a, "
                               "c, line]], connect: [a, c]}}\nsystem: net\n");
  // a and c, and either the one link or b with the other.
  EXPECT_NEAR(*answer.measures.availability, 0.9 * 0.9 * (0.8 + 0.2 * 0.9 * 0.8), 1e-15);
  ASSERT_EQ(answer.components.size(), 1U);
  EXPECT_NEAR(*answer.components[0].birnbaum, 1, 1e-15);
  EXPECT_TRUE(answer.infrastructure.empty());
  EXPECT_NEAR(share(answer, Cause::too_few_nodes), 1, 1e-15);
}

TEST(Networks, SevenNodesOfWhichThreeAreJoined) {
  // A star: all three arms, each a node and a link.
  const Answer answer = solved(kTypes +
                               "networks: {net: {nodes: {x: node}, links: [[a, x, line], [b, x, line], [c, x, line]], "
                               "connect: [a, b, c]}}\nsystem: net\n");
  EXPECT_NEAR(*answer.measures.availability, 0.9 * 0.8 * 0.8 * 0.8, 1e-15);
  const double rate = 1 / 900.0 + 3 / 800.0;
  EXPECT_NEAR(*answer.measures.failures_per_year, *answer.measures.availability * rate * 8760, 1e-12);
  EXPECT_NEAR(*answer.measures.mttff_h, 1 / rate, 1e-9);
}

TEST(Networks, NeededItIsInfrastructure) {
  const Answer answer =
      solved(kTypes +
             "networks: {net: {links: [[a, b, line]], connect: [a, b]}}\ncomponents: {db: {mtbf: 900 h, "
             "mttr: 100 h, needs: [net]}}\n");
  EXPECT_NEAR(*answer.measures.availability, 0.9 * 0.8, 1e-15);
  EXPECT_NEAR(share(answer, Cause::infrastructure), 0.9 * 0.2 / 0.28, 1e-14);
  ASSERT_EQ(answer.infrastructure.size(), 1U);
  EXPECT_NEAR(answer.infrastructure[0].downtime_share, 0.9 * 0.2 / 0.28, 1e-14);
}

TEST(Networks, NamedAndNeededItHasBothShares) {
  const Answer answer =
      solved(kTypes +
             "networks: {net: {links: [[a, b, line]], connect: [a, b]}}\ncomponents: {db: {mtbf: 900 h, "
             "mttr: 100 h, needs: [net]}, log: {mtbf: 900 h, mttr: 100 h}}\nsystem: db or log and net\n");
  EXPECT_NEAR(*answer.measures.availability, 0.8 * 0.99, 1e-15);
  EXPECT_EQ(answer.components.size(), 3U);
  EXPECT_EQ(answer.infrastructure.size(), 1U);
}

TEST(Networks, ThatNeverFails) {
  const Answer answer = solved(
      "networks: {net: {links: [[a, b], [b, c]], connect: [a, c]}}\ncomponents: {db: {mtbf: 900 "
      "h, mttr: 100 h, needs: [net]}}\nsystem: db and net\n");
  EXPECT_NEAR(*answer.measures.availability, 0.9, 1e-15);
}

// Two links and one who mends them: the chain of two units and one crew, by hand.
TEST(Networks, ACrewForTwoLinks) {
  const Answer answer = solved(
      "crews: {ops: 1}\ntypes: {line: {mtbf: 10 h, mttr: 5 h, crew: ops}}\nnetworks: {net: {links: "
      "[[a, b, line], [a, b, line]], connect: [a, b]}}\nsystem: net\n");
  const double one = 2 * 0.5, both = one * 0.5;  // beside none down
  EXPECT_NEAR(*answer.measures.unavailability, both / (1 + one + both), 1e-15);
  // From two: 5 h until one is left, from which 20 h: 3.3 h, then back in two of three cases.
  EXPECT_NEAR(*answer.measures.mttff_h, 25, 1e-9);
}

TEST(Networks, AnyLawByItsMean) {
  const std::string rest = "networks: {net: {links: [[a, b, line], [a, b, line]], connect: [a, b]}}\nsystem: net\n";
  const Answer answer = solved(
      "types: {line: {mtbf: {weibull: {shape: 2, mean: 800 h}}, recovery: [{takes: {fixed: 100 h}, works: 50 %}, "
      "{takes: "
      "{lognormal: {mean: 200 h, cv: 2}}}]}}\n" +
      rest);
  EXPECT_NEAR(*answer.measures.unavailability, 0.04, 1e-15);
}

TEST(Networks, ServesAnyDemandWhileUp) {
  const Answer answer =
      solved(kTypes +
             "demand: 100\nnetworks: {net: {links: [[a, b, line]], connect: [a, b]}}\ncomponents: {web: "
             "{nodes: 2, redundancy: cluster, need: 1, mtbf: 900 h, mttr: 100 h, capacity: "
             "50}}\nsystem: net and web\n");
  EXPECT_NEAR(*answer.measures.served, 0.8 * (0.81 + 0.18 / 2), 1e-15);
}

// Links at random among many nodes, as far from a line as can be: no order keeps the frontier narrow.
TEST(Networks, ThatIsTooLargeIsRefused) {
  std::string links;
  for (int i = 0; i < 2000; ++i)
    for (int step : {1, 37, 611})
      links += fmt::format("{}[n{}, n{}, line]", links.empty() ? "" : ", ", i, (i * step + step) % 2000);
  const auto reading =
      read("nines: 1\n" + kTypes + "networks: {net: {links: [" + links + "], connect: [n0, n999]}}\nsystem: net\n");
  const auto answer = markov::solve(reading.model);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, "too-many-states");
  EXPECT_NE(answer.error().helps.back().find("simulate"), std::string::npos);
}

}  // namespace
}  // namespace nines::test
