#include "tests/description/read.hpp"

#include <algorithm>

#include "model/description/read_model.hpp"
#include "model/text/read.hpp"

namespace nines::test {

Reading read(const std::string& words) {
  text::Sources sources;
  const auto id = sources.add("model.yaml", words);
  Reading reading;
  Reader reader(sources, reading.said);
  ChainFiles files(sources, "");
  reading.model = read_model(reader, *text::read_yaml(sources, id), "base", "model", files);
  std::stable_sort(reading.said.begin(), reading.said.end(),
                   [](const text::Problem& a, const text::Problem& b) { return a.place < b.place; });
  return reading;
}

}  // namespace nines::test
