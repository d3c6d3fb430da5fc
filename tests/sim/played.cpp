#include "tests/sim/played.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <limits>

#include "model/description/model_file.hpp"

namespace nines::test {

Model model_from(const std::string& yaml) {
  const std::string path = testing::TempDir() + "/nines-sim-" + std::to_string(::getpid()) + ".yaml";
  std::ofstream(path) << "nines: 1\n" << yaml;
  text::Sources sources;
  const auto file = load_model_file(sources, path);
  EXPECT_TRUE(file.has_value());
  const auto readings = read_designs(sources, *file, {}, {});
  EXPECT_TRUE(readings.has_value());
  return readings->front().model;
}

Answer simulated(const Model& model, double years, unsigned jobs, std::uint64_t seed) {
  sim::SimulateOptions options;
  options.years = years;
  options.jobs = jobs;
  options.seed = seed;
  const Model* const models[] = {&model};
  const auto answers = sim::simulate(models, options);
  EXPECT_TRUE(answers.has_value());
  return answers->front();
}

double error_of(const Answer& answer, const std::string& measure) {
  for (const auto& [name, ends] : answer.intervals)
    if (name == measure) return (ends.second - ends.first) / (2 * 1.959964);
  ADD_FAILURE() << "no interval of " << measure;
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace nines::test
