// `networks:`: what is read, what is left out, and what a path may set.
#include <gtest/gtest.h>

#include <fstream>

#include <fmt/format.h>

#include "model/description/model_file.hpp"
#include "tests/description/read.hpp"

namespace nines::test {
namespace {

std::string model_with(const std::string& network, const std::string& rest = "system: wan and lan\n") {
  return "nines: 1\ntypes: {router: {mtbf: 900 h, mttr: 4 h}, fiber: {mtbf: 500 h, mttr: 10 h}}\nnetworks: {wan: " +
         network + ", lan: {nodes: {a: router}, links: [[a, b, fiber]], connect: [a, b]}}\n" + rest;
}

const std::string kTriangle =
    "{nodes: {r1: router, r2: router, r3: }, links: [[r1, r2, fiber], [r2, r3], [r3, r1, fiber], [r1, r3, fiber]], "
    "connect: [r1, r3]}";

TEST(ReadNetworks, NodesThenLinksAreItsElements) {
  const auto reading = read(model_with(kTriangle));
  ASSERT_TRUE(reading.said.empty()) << reading.said[0].message;
  const Model& model = reading.model;
  ASSERT_EQ(model.components.size(), 2U);
  const NetworkGraph* graph = model.network(0);
  ASSERT_NE(graph, nullptr);
  EXPECT_EQ(graph->element_names, (std::vector<std::string>{"r1", "r2", "r1/r2", "r3/r1", "r1/r3/2"}));
  EXPECT_EQ(graph->element_of, (std::vector<std::uint32_t>{0, 1, kPerfect}));
  EXPECT_EQ(graph->connect, (std::vector<std::uint32_t>{0, 2}));
  std::vector<std::string> types;
  for (const UnitId unit : model.components[0].nodes) types.push_back(model.units[unit].type);
  EXPECT_EQ(types, (std::vector<std::string>{"router", "router", "fiber", "fiber", "fiber"}));
  EXPECT_TRUE(model.components[0].infrastructure);
}

TEST(ReadNetworks, WhatCantMatterIsLeftOutAndSaid) {
  const auto reading =
      read(model_with("{nodes: {r1: router, dead: router, lone: router}, links: [[r1, r2, fiber], [r2, dead, fiber], "
                      "[dead, r22, fiber], "
                      "[r1, far]], connect: [r1, r2]}"));
  std::vector<std::string> said;
  for (const auto& problem : reading.said) {
    EXPECT_EQ(problem.code, "unused");
    EXPECT_EQ(problem.severity, text::Severity::warning);
    said.push_back(problem.message);
  }
  EXPECT_EQ(said, (std::vector<std::string>{"node `dead` of network `wan` is not used",
                                            "node `lone` of network `wan` is not used",
                                            "link `r1/far` of network `wan` is not used"}));
  EXPECT_EQ(reading.model.network(0)->element_names, (std::vector<std::string>{"r1", "r1/r2"}));
  EXPECT_EQ(reading.model.components[0].nodes.size(), 2U);
}

TEST(ReadNetworks, OneWayLinksThatLeadBackAreLeftOut) {
  const auto reading =
      read(model_with("{links: [[a, b, fiber], [b, c, fiber], [c, a, fiber], [c, b, fiber], [b, d, fiber], [d, c, "
                      "fiber]], connect: [a, "
                      "c], directed: true}"));
  ASSERT_EQ(reading.said.size(), 2U);
  EXPECT_EQ(reading.said[0].message, "link `c>a` of network `wan` is not used");
  EXPECT_EQ(reading.said[1].message, "link `c>b` of network `wan` is not used");
  EXPECT_EQ(reading.model.network(0)->element_names, (std::vector<std::string>{"a>b", "b>c", "b>d", "d>c"}));
}

TEST(ReadNetworks, TheHashKnowsTheGraphAndNotTheNamesOfItsNodes) {
  const auto hash = [](const std::string& network) { return read(model_with(network)).model.sha256; };
  const std::string base = hash("{nodes: {a: router}, links: [[a, b, fiber], [b, c], [a, c, fiber]], connect: [a, c]}");
  EXPECT_EQ(hash("{nodes: {x: router}, links: [[x, y, fiber], [y, z], [z, x, fiber]], connect: [z, x]}"), base);
  EXPECT_NE(hash("{nodes: {a: router}, links: [[a, b, fiber], [b, c, fiber], [a, c]], connect: [a, c]}"), base);
  EXPECT_NE(hash("{nodes: {a: router}, links: [[a, b, fiber], [b, c], [a, c, fiber]], connect: [a, c, b]}"), base);
  EXPECT_NE(
      hash("{nodes: {a: router}, links: [[a, b, fiber], [b, c], [a, c, fiber]], connect: [a, c], directed: true}"),
      base);
}

// Infrastructure and chains are not copied; a network that an assembly names is, and what others need stays one.
TEST(ReadNetworks, CopiesInAssemblies) {
  const auto reading = read(model_with("{links: [[a, b, fiber]], connect: [a, b]}",
                                       "assemblies: {site: app and wan}\ncomponents: {app: {mtbf: 90 h, mttr: 4 h}, "
                                       "web: {of: site, nodes: 2, redundancy: "
                                       "cluster, need: 1}, db: {mtbf: 90 h, mttr: 4 h, needs: [wan, lan]}}\n"));
  ASSERT_TRUE(reading.said.empty()) << reading.said[0].message;
  std::vector<std::string> names;
  for (ComponentId id = 0; id < reading.model.components.size(); ++id) {
    if (!reading.model.network(id)) continue;
    names.push_back(reading.model.components[id].name);
    EXPECT_EQ(reading.model.components[id].infrastructure, !reading.model.components[id].inside);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"wan", "web[0].wan", "web[1].wan", "lan"}));
}

Model set(const std::string& network, const std::string& option) {
  const std::string path = testing::TempDir() + "/nines-network-paths.yaml";
  std::ofstream(path) << model_with(network);
  text::Sources sources;
  const auto file = load_model_file(sources, path);
  EXPECT_TRUE(file.has_value());
  const std::vector<Override> overrides{*parse_override(sources, "--set", option)};
  const auto readings = read_designs(sources, *file, {}, overrides);
  if (!readings) return {};
  return readings->front().model;
}

std::vector<std::string> elements(const Model& model) {
  return model.components.empty() ? std::vector<std::string>{"refused"} : model.network(0)->element_names;
}

TEST(ReadNetworks, PathsOfSet) {
  const std::string line = "{nodes: {a: router}, links: [[a, b, fiber], [b, c]], connect: [a, c]}";
  using Names = std::vector<std::string>;
  EXPECT_EQ(elements(set(line, "networks.wan.nodes.a=none")), (Names{"a/b"}));
  EXPECT_EQ(elements(set(line, "wan.nodes.b=router")), (Names{"a", "b", "a/b"}));
  EXPECT_EQ(elements(set(line, "wan.links.1.2=fiber")), (Names{"a", "a/b", "b/c"}));
  EXPECT_EQ(elements(set(line, "wan.links.0.2=none")), (Names{"a"}));
  EXPECT_EQ(elements(set(line, "wan.directed=true")), (Names{"a", "a>b"}));
  EXPECT_EQ(elements(set(line, "wan.connect=[a, b]")), (Names{"a", "a/b"}));
  for (const char* wrong :
       {"wan.nodes.x=router", "wan.links.2.2=fiber", "wan.links.1.3=fiber", "wan.node.a=router", "wan.links.x.2=fiber"})
    EXPECT_EQ(elements(set(line, wrong)), (Names{"refused"})) << wrong;
}

// Depth first over as many nodes as a file may hold, without a stack that could overflow.
TEST(ReadNetworks, LongLines) {
  std::string links;
  for (int i = 0; i < 20'000; ++i) links += fmt::format("{}[n{}, n{}, fiber]", i ? ", " : "", i, i + 1);
  const auto reading = read(model_with("{links: [" + links + "], connect: [n0, n20000]}"));
  ASSERT_TRUE(reading.said.empty());
  EXPECT_EQ(reading.model.components[0].nodes.size(), 20'000U);
}

}  // namespace
}  // namespace nines::test
