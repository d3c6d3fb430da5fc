// Workstation cluster: Haverkort, Hermanns, Katoen, "On the use of model checking techniques for dependability
// evaluation", SRDS 2000, as in the benchmark "cluster" of PRISM, Storm and QCOMP. N = 4 is printed there; the others
// were recomputed with a generator and solver of their own. Larger ones are in bench/.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "bench/cluster_chain.hpp"
#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

namespace nines {
namespace {

Answer cluster(std::uint32_t n, const std::string& label, const std::vector<double>& at_h = {}) {
  const std::string name = "nines-cluster-" + std::to_string(::getpid()) + "-" + std::to_string(n);
  const std::string base = testing::TempDir() + "/" + name;
  EXPECT_TRUE(bench::write_cluster(n, 0, base));
  std::ofstream(base + ".yaml") << "nines: 1\nchains: {cluster: {file: " + name + ".tra, up: " + label +
                                       "}}\nsystem: cluster\n";
  text::Sources sources;
  const auto file = load_model_file(sources, base + ".yaml");
  EXPECT_TRUE(file.has_value());
  const auto readings = read_designs(sources, *file, {}, {});
  EXPECT_TRUE(readings.has_value());
  markov::SolveOptions options;
  options.at_h = at_h;
  const auto answer = markov::solve(readings->front().model, options);
  EXPECT_TRUE(answer.has_value());
  for (const char* ending : {".tra", ".lab", ".yaml"}) ::unlink((base + ending).c_str());
  return *answer;
}

void expect_unavailability(std::uint32_t n, std::uint64_t states, const std::string& label, double wanted) {
  const Answer answer = cluster(n, label);
  EXPECT_EQ(answer.method.states, states);
  EXPECT_NEAR(*answer.measures.unavailability / wanted, 1, 1e-10);
  EXPECT_LT(*answer.method.error_bound, 1e-10);
}

TEST(Published, WorkstationCluster) {
  expect_unavailability(2, 276, "minimum", 2.33982336464701e-6);
  expect_unavailability(4, 820, "minimum", 3.7011298647145493e-6);
  expect_unavailability(4, 820, "premium", 1 - 0.9999212408513795);
  expect_unavailability(16, 10132, "minimum", 2.11264821890140e-6);
}

// The same found by three sizes of method: elimination, and sweeps for the sum alone.
TEST(Published, WorkstationClusterOfManyStates) {
  expect_unavailability(64, 151060, "minimum", 2.11843351415967e-6);
}

// P(not minimum within 200 h), and the hours of it expected in 1000 h.
TEST(Published, WorkstationClusterOverTime) {
  const Answer answer = cluster(4, "minimum", {200, 1000});
  ASSERT_TRUE(answer.at[0].unreliability && answer.at[1].interval_unavailability);
  EXPECT_NEAR(*answer.at[0].unreliability / 1.7751335826903441e-4, 1, 1e-9);
  EXPECT_NEAR(*answer.at[1].interval_unavailability * 1000 / 0.003662017006365601, 1, 1e-9);
}

}  // namespace
}  // namespace nines
