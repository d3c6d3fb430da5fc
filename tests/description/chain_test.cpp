// `chains:` drawn by hand: what is read, and what is said about mistakes.
#include <gtest/gtest.h>

#include "model/description/override.hpp"
#include "model/text/read.hpp"
#include "tests/description/read.hpp"

namespace nines::test {
namespace {

const std::string kHead = "nines: 1\nsystem: ups\nchains:\n  ups:\n";
const std::string kStates = "    states: {ok: up, on-battery: up, dark: down}\n";

std::string model_with(const std::string& transitions, const std::string& states = kStates) {
  return kHead + states + "    transitions:\n" + transitions;
}

const std::string kCircle =
    "      - {from: ok, to: on-battery, mean: 900 h}\n"
    "      - {from: on-battery, to: dark, rate: 0.5 /h}\n"
    "      - {from: dark, to: ok, mean: 2 h}\n";

// The one error, with what its place shows.
void expect_error(const std::string& words, const std::string& code, const std::string& at) {
  const auto reading = read(words);
  ASSERT_EQ(reading.said.size(), 1U) << words;
  EXPECT_EQ(reading.said[0].code, code) << reading.said[0].message;
  EXPECT_EQ(words.substr(reading.said[0].place.begin, reading.said[0].place.end - reading.said[0].place.begin), at);
}

TEST(Chains, DrawnByHand) {
  const auto reading = read(model_with(kCircle));
  ASSERT_TRUE(reading.said.empty()) << reading.said[0].message;
  ASSERT_EQ(reading.model.components.size(), 1U);
  EXPECT_TRUE(reading.model.components[0].infrastructure);
  const DrawnChain* chain = reading.model.drawn(0);
  ASSERT_NE(chain, nullptr);
  EXPECT_EQ(chain->states, (std::vector<std::string>{"ok", "on-battery", "dark"}));
  EXPECT_EQ(chain->up, (std::vector<char>{1, 1, 0}));
  EXPECT_EQ(chain->start, 0U);
  EXPECT_EQ(chain->target, (std::vector<std::uint32_t>{1, 2, 0}));
  EXPECT_EQ(chain->rate, (std::vector<double>{1.0 / 900, 0.5, 0.5}));
}

TEST(Chains, StartIsTheFirstUpStateUnlessWritten) {
  EXPECT_EQ(read(model_with(kCircle, "    states: {dark: down, ok: up, on-battery: up}\n")).model.drawn(0)->start, 1U);
  EXPECT_EQ(read(model_with(kCircle, kStates + "    start: dark\n")).model.drawn(0)->start, 2U);
}

TEST(Chains, RatesBetweenTheSameStatesAddUp) {
  const auto reading = read(model_with(kCircle + "      - {from: ok, to: on-battery, rate: 1 /h}\n"));
  ASSERT_TRUE(reading.said.empty());
  EXPECT_DOUBLE_EQ(reading.model.drawn(0)->rate[0], 1 + 1.0 / 900);
}

TEST(Chains, ParametersStandForRatesAndMeans) {
  const auto reading = read("parameters: {outage: 900 h}\n" + model_with("      - {from: ok, to: dark, mean: $outage}\n"
                                                                         "      - {from: dark, to: ok, mean: 2 h}\n",
                                                                         "    states: {ok: up, dark: down}\n"));
  ASSERT_TRUE(reading.said.empty()) << reading.said[0].message;
  EXPECT_EQ(reading.model.drawn(0)->rate[0], 1.0 / 900);
}

TEST(Chains, TwoSpellingsAreOneModel) {
  const auto hash = [](const std::string& transitions) { return read(model_with(kCircle + transitions)).model.sha256; };
  EXPECT_EQ(hash("      - {from: ok, to: dark, mean: 4 h}\n"), hash("      - {to: dark, from: ok, rate: 0.25 /h}\n"));
  EXPECT_NE(hash("      - {from: ok, to: dark, mean: 4 h}\n"), hash("      - {from: ok, to: dark, mean: 5 h}\n"));
  EXPECT_NE(read(model_with(kCircle)).model.sha256,
            read(model_with(kCircle, kStates + "    start: dark\n")).model.sha256);
}

TEST(Chains, MistakesHaveTheirPlace) {
  expect_error(model_with(kCircle + "      - {from: ok, to: drak, mean: 2 h}\n"), "unknown-state", "drak");
  expect_error(model_with(kCircle, kStates + "    start: okay\n"), "unknown-state", "okay");
  expect_error(model_with(kCircle + "      - {from: ok, to: ok, mean: 2 h}\n"), "self-transition", "ok");
  expect_error(model_with(kCircle + "      - {from: ok, to: dark, mean: 2 h, rate: 1 /h}\n"), "conflicting-keys",
               "rate");
  expect_error(model_with(kCircle + "      - {from: ok, to: dark, rate: 0 /h}\n"), "not-positive", "0 /h");
  expect_error(model_with(kCircle + "      - {from: ok, to: dark, rate: -1 /h}\n"), "rate", "-1 /h");
  expect_error(model_with(kCircle + "      - {from: ok, to: dark, mean: 0 h}\n"), "not-positive", "0 h");
  expect_error(model_with(kCircle + "      - {from: ok, to: dark, mean: -1 h}\n"), "duration", "-1 h");
  expect_error(model_with(kCircle + "      - {from: ok, to: dark}\n"), "missing-key", "{from: ok, to: dark}");
  expect_error(model_with(kCircle + "      - {from: ok, mean: 1 h}\n"), "missing-key", "{from: ok, mean: 1 h}");
  expect_error(model_with(kCircle, "    states: {ok: up, on-battery: on, dark: down}\n"), "unknown-word", "on");
  expect_error(model_with(kCircle, "    states: {ok: down, on-battery: down, dark: down}\n"), "never-up",
               "{ok: down, on-battery: down, dark: down}");
  expect_error(kHead + "    transitions:\n" + kCircle, "missing-key", "ups");
  expect_error(kHead + kStates, "missing-key", "ups");
  expect_error(kHead + kStates + "    transitions: []\n", "empty-list", "[]");
  expect_error(model_with(kCircle, kStates + "    up: dark\n"), "conflicting-keys", "up");
  expect_error(model_with(kCircle, kStates + "    begin: ok\n"), "unknown-key", "begin");
}

TEST(Chains, NamesAreOneOverAllSections) {
  expect_error(model_with(kCircle) + "components:\n  ups: {mtbf: 90 days, mttr: 4 h}\n", "same-name", "ups");
  expect_error(model_with(kCircle) + "components: {a: {mtbf: 90 days, mttr: 4 h, needs: [usp]}}\n", "unknown-name",
               "usp");
}

TEST(Chains, NoCommonCauseHitsThem) {
  expect_error(model_with(kCircle) + "common_causes: {surge: {mtbf: 5 years, restore: 1 h, hits: [ups]}}\n",
               "unknown-name", "ups");
}

TEST(Chains, WithoutComponentsASystemIsWritten) {
  const auto reading = read("nines: 1\nchains:\n  ups:\n" + kStates + "    transitions:\n" + kCircle);
  ASSERT_FALSE(reading.said.empty());
  EXPECT_EQ(reading.said[0].code, "missing-key");
}

TEST(Chains, WhatIsNeverReachedIsAWarning) {
  const auto reading =
      read(model_with("      - {from: ok, to: dark, mean: 9 h}\n      - {from: dark, to: ok, mean: 1 h}\n"));
  ASSERT_EQ(reading.said.size(), 1U);
  EXPECT_EQ(reading.said[0].severity, text::Severity::warning);
  EXPECT_EQ(reading.said[0].code, "unused");
}

text::Problems edited(const std::string& option, std::string& value_at) {
  text::Sources sources;
  text::Problems said;
  Reader reader(sources, said);
  const auto id = sources.add("model.yaml", model_with(kCircle));
  auto tree = *text::read_yaml(sources, id);
  const auto change = *parse_override(sources, "--set", option);
  auto applied =
      apply_override(reader, tree, change.path, change.path_place, *text::read_value(sources, change.value_place));
  if (!applied.done) said.push_back(applied.problem);
  const auto& moves = tree.find("chains")->value.find("ups")->value.find("transitions")->value;
  value_at.clear();
  for (const auto& entry : moves.items[0].entries) value_at += entry.key + "=" + entry.value.scalar + " ";
  return said;
}

TEST(Chains, PathsLeadIntoTransitions) {
  std::string now;
  EXPECT_TRUE(edited("ups.transitions.0.mean=5 h", now).empty());
  EXPECT_EQ(now, "from=ok to=on-battery mean=5 h ");
  EXPECT_TRUE(edited("chains.ups.transitions.0.rate=2 /h", now).empty());
  EXPECT_EQ(now, "from=ok to=on-battery rate=2 /h ") << "a rate takes the place of a mean";
  EXPECT_TRUE(edited("ups.start=dark", now).empty());
  EXPECT_TRUE(edited("ups.states.dark=up", now).empty());
  ASSERT_EQ(edited("ups.transitions.7.mean=5 h", now).size(), 1U);
  ASSERT_EQ(edited("ups.transitions.0.maen=5 h", now).size(), 1U);
  ASSERT_EQ(edited("ups.mean=5 h", now).size(), 1U);
}

}  // namespace
}  // namespace nines::test
