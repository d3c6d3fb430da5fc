// A model out of text, as its first design.
#pragma once

#include <string>

#include "model/description/model.hpp"
#include "model/text/problem.hpp"

namespace nines::test {

struct Reading {
  Model model;
  text::Problems said;  // in order of place
};

[[nodiscard]] Reading read(const std::string& words);

}  // namespace nines::test
