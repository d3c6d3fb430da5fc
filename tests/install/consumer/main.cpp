// A model given as text, and its availability: all that a program needs of the library.
#include <cmath>
#include <cstdio>
#include <fstream>

#include "model/description/model_file.hpp"
#include "model/markov/solve.hpp"

int main() {
  std::ofstream("unit.yaml") << "nines: 1\ncomponents:\n  a: {mtbf: 99 h, mttr: 1 h}\n";
  nines::text::Sources sources;
  const auto file = nines::load_model_file(sources, "unit.yaml");
  if (!file) return 1;
  const auto designs = nines::read_designs(sources, *file, {}, {});
  if (!designs) return 2;
  const auto answer = nines::markov::solve(designs->front().model);
  if (!answer) return 3;
  std::printf("availability %.6f\n", *answer->measures.availability);
  return std::abs(*answer->measures.availability - 0.99) < 1e-12 ? 0 : 4;
}
