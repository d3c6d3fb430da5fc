// Where a block comes apart, and where it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "model/structure/dependence.hpp"
#include "model/structure/split.hpp"
#include "tests/description/read.hpp"

namespace nines::structure {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string pair(const std::string& name, const std::string& places, const std::string& more = "") {
  return name + ": {redundancy: primary-standby, mtbf: 90 days, mttr: 4 h, failover: 30 s, placement: [" + places +
         "]" + more + "}";
}

struct Names {
  std::vector<std::string> shared;
  std::vector<std::vector<std::string>> clusters;
  std::string why;
};

// Of the one block that there is.
Names split(const std::string& words) {
  const auto read = test::read("nines: 1\n" + words);
  EXPECT_TRUE(read.said.empty()) << words;
  const auto blocks = find_blocks(read.model);
  EXPECT_EQ(blocks.members.size(), 1U) << words;
  const auto got = split_block(read.model, blocks.members[0]);
  Names names;
  if (!got) return {{}, {}, got.error()};
  for (const ComponentId id : got->shared) names.shared.push_back(read.model.components[id].name);
  for (const auto& cluster : got->clusters) {
    names.clusters.emplace_back();
    for (const ComponentId id : cluster) names.clusters.back().push_back(read.model.components[id].name);
  }
  return names;
}

const std::string kZones =
    "infrastructure: {r: {mtbf: 9 years, mttr: 1 h}, x: {mtbf: 1 year, mttr: 4 h, needs: r}, y: {mtbf: 1 year, mttr: 4 "
    "h, "
    "needs: r}, rack: {mtbf: 1 year, mttr: 4 h, needs: x}}\n";

TEST(Split, SharedInfrastructureAndWhatItNeeds) {
  const Names names = split(kZones + "components: {" + pair("a", "rack, y") + ", " + pair("b", "x, y") + "}");
  EXPECT_THAT(names.shared, ElementsAre("r", "x", "y"));
  EXPECT_THAT(names.clusters, ElementsAre(ElementsAre("rack", "a"), ElementsAre("b")));
}

TEST(Split, WhatIsTiedStaysTogether) {
  const Names names = split("crews: {dba: 1}\n" + kZones + "components: {" + pair("a", "rack, y", ", crew: dba") +
                            ", " + pair("b", "x, y", ", crew: dba") + ", " + pair("c", "x, y") + "}");
  EXPECT_THAT(names.clusters, ElementsAre(ElementsAre("rack", "a", "b"), ElementsAre("c")));
}

TEST(Split, NotWhereMoreIsShared) {
  const std::string two = "components: {" + pair("a", "x, y") + ", " + pair("b", "x, y") + "}";
  const std::string zones = "infrastructure: {x: {mtbf: 1 year, mttr: 4 h}, y: {mtbf: 1 year, mttr: 4 h}}\n";
  EXPECT_THAT(split(zones + "components: {" + pair("a", "x, y") + "}").why, HasSubstr("share more than"));
  EXPECT_THAT(split(zones + "common_causes: {storm: {mtbf: 9 years, hits: [a, x]}}\n" + two).why,
              HasSubstr("common cause"));
  EXPECT_THAT(split(zones + "common_causes: {storm: {mtbf: 9 years, hits: [x, y]}}\n" + two).clusters.size(), 2U);
}

}  // namespace
}  // namespace nines::structure
