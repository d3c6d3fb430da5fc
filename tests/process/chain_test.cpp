// Chains drawn by hand as groups of the process: where they go, and what stands on them reacts.
#include <gtest/gtest.h>

#include "model/process/process.hpp"
#include "tests/description/read.hpp"

namespace nines::process {
namespace {

// A chain and a pair that stands on it.
const char* const kPairOnPower =
    "nines: 1\n"
    "chains:\n"
    "  power:\n"
    "    states: {mains: up, battery: up, dark: down}\n"
    "    transitions:\n"
    "      - {from: mains, to: battery, rate: 2 /h}\n"
    "      - {from: mains, to: dark, rate: 6 /h}\n"
    "      - {from: battery, to: dark, rate: 4 /h}\n"
    "components:\n"
    "  db: {redundancy: primary-standby, mtbf: 100 h, mttr: 1 h, failover: 1 min, placement: [power]}\n";

// Picks what it is told to.
class Picks final : public Chooser {
 public:
  explicit Picks(std::size_t which) : which_(which) {}
  bool happens(double) override { return true; }
  std::size_t pick(std::span<const double> weights) override {
    seen.assign(weights.begin(), weights.end());
    return which_;
  }
  std::vector<double> seen;

 private:
  std::size_t which_;
};

struct Play {
  Model model = test::read(kPairOnPower).model;
  Process process{model, std::vector<ComponentId>{0, 1}};
  State state = process.start();

  const Group& power() const { return process.wiring().groups[process.wiring().group_of[0]]; }
  GroupId id(ComponentId component) const { return process.wiring().group_of[component]; }
  std::vector<double> move(std::size_t which) {
    Picks picks(which);
    process.fire(power().first_activity, state, picks);
    return picks.seen;
  }
};

TEST(Chain, RunsAtTheSumOfItsRatesAndPicksByThem) {
  Play play;
  const Running running = play.process.running_of_group(play.id(0), play.state);
  EXPECT_EQ(running.count, 1U);
  EXPECT_EQ(running.speed, 8);
  EXPECT_EQ(play.move(0), (std::vector<double>{2, 6}));
  EXPECT_EQ(play.state.slots[play.power().slot], 1U);
  EXPECT_EQ(play.state.changes.entered, std::vector<GroupId>{play.id(0)});
  EXPECT_TRUE(play.state.changes.flipped.empty()) << "up before and after";
}

TEST(Chain, WhatStandsOnItGoesDownWithIt) {
  Play play;
  (void)play.move(1);
  EXPECT_EQ(play.state.signals.up[play.id(0)], 0);
  EXPECT_EQ(play.state.signals.nodes_up[play.id(1)], 0U);
  EXPECT_EQ(play.state.slots[play.process.wiring().groups[play.id(1)].slot], mode::kAllDown);
  EXPECT_EQ(play.process.running_of_group(play.id(0), play.state).count, 0U) << "nothing leads out of `dark`";
}

// What an engine sees that answers yes or no only: each target by its share of the rates.
TEST(Chain, AChoiceOfSeveralComesDownToYesAndNo) {
  class Counts final : public Chooser {
   public:
    bool happens(double p) override {
      asked.push_back(p);
      return asked.size() == 2;
    }
    std::vector<double> asked;
  } counts;
  const double weights[] = {1, 2, 5};
  EXPECT_EQ(counts.pick(weights), 1U);
  EXPECT_EQ(counts.asked, (std::vector<double>{1.0 / 8, 2.0 / 7}));
}

}  // namespace
}  // namespace nines::process
