// Two spellings of one model have one hash; two models have two.
#include <gtest/gtest.h>

#include "model/description/model_file.hpp"
#include "model/description/override.hpp"
#include "model/description/read_model.hpp"
#include "model/text/read.hpp"

namespace nines {
namespace {

std::string hash(const std::string& words) {
  text::Sources sources;
  const auto id = sources.add("model.yaml", words);
  text::Problems problems;
  Reader reader(sources, problems);
  ChainFiles files(sources, "");
  const Model model = read_model(reader, *text::read_yaml(sources, id), "base", "model", files);
  EXPECT_TRUE(problems.empty()) << problems[0].message;
  return model.sha256;
}

TEST(Canonical, SpellingsOfOneModel) {
  const std::string one = hash("nines: 1\ncomponents: {web: {mtbf: 90 days, mttr: 2 h, nodes: 2}}\n");
  EXPECT_EQ(one.size(), 12u);
  EXPECT_EQ(hash("nines: 1\ncomponents: {web: {nodes: 2, mttr: 120 min, mtbf: 2160 h}}\nsystem: (web)\n"), one);
  EXPECT_EQ(hash("nines: 1\nparameters: {r: 2 h}\ntypes: {vm: {mtbf: 90 days, mttr: $r}}\ncomponents: {web: {type: vm, "
                 "nodes: 2}}\n"),
            one);
  EXPECT_EQ(hash("{\"nines\": 1, \"components\": {\"web\": {\"mtbf\": \"90 days\", \"mttr\": \"2 h\", \"nodes\": 2}}}"),
            one);
  EXPECT_EQ(hash("nines: 1\r\ncomponents:\r\n  web:\r\n    mtbf: 90 days\r\n    mttr: 2 h\r\n    nodes: 2\r\n"), one);
  EXPECT_EQ(hash("\xEF\xBB\xBFnines: 1\ncomponents: {web: {mtbf: 90 days, mttr: 2 h, nodes: 2}}\n"), one);
}

TEST(Canonical, SpellingsOfValues) {
  EXPECT_EQ(hash("nines: 1\ntarget: {availability: 99.99 %}\ncomponents: {web: {mtbf: 0.3 days, mttr: 1 h}}\n"),
            hash("nines: 1\ntarget: {availability: 0.9999}\ncomponents: {web: {mtbf: 7.2 h, mttr: 60 min}}\n"));
  // JSON quotes its texts, `$name` among them.
  EXPECT_EQ(hash("{\"nines\": 1, \"parameters\": {\"r\": \"2 h\"}, \"components\": {\"web\": {\"mtbf\": \"90 days\", "
                 "\"mttr\": \"$r\"}}}"),
            hash("nines: 1\ncomponents: {web: {mtbf: 90 days, mttr: 2 h}}\n"));
}

TEST(Canonical, DifferentModels) {
  const std::string one = hash("nines: 1\ncomponents: {web: {mtbf: 90 days, mttr: 2 h, nodes: 2}}\n");
  EXPECT_NE(hash("nines: 1\ncomponents: {web: {mtbf: 90 days, mttr: 3 h, nodes: 2}}\n"), one);
  EXPECT_NE(hash("nines: 1\ncomponents: {app: {mtbf: 90 days, mttr: 2 h, nodes: 2}}\n"), one);
  EXPECT_NE(hash("nines: 1\ntarget: {availability: 99 %}\ncomponents: {web: {mtbf: 90 days, mttr: 2 h, nodes: 2}}\n"),
            one);
}

}  // namespace
}  // namespace nines
