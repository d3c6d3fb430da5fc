// Models as text, solved.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

namespace nines::published {

inline Answer solve(const std::string& name, const std::string& text, const markov::SolveOptions& options = {}) {
  const std::string path = testing::TempDir() + "/nines-published-" + name + ".yaml";
  std::ofstream(path) << text;
  text::Sources sources;
  const auto file = load_model_file(sources, path);
  EXPECT_TRUE(file.has_value());
  const auto readings = read_designs(sources, *file, {}, {});
  EXPECT_TRUE(readings.has_value());
  const auto answer = markov::solve(readings->front().model, options);
  EXPECT_TRUE(answer.has_value());
  return *answer;
}

}  // namespace nines::published
