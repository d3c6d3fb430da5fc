// Targets as they are read, and which model that makes.
#include <gtest/gtest.h>

#include "tests/description/read.hpp"

namespace nines {
namespace {

test::Reading with_target(const std::string& target) {
  return test::read("nines: 1\nparameters: {p: 2 weeks}\ntarget: " + target +
                    "\ncomponents: {a: {mtbf: $p, mttr: 4 h}}\n");
}

TEST(Target, Downtime) {
  const Model model = with_target("{downtime: {at_most: 22 min, per: month, probability: 95 %}}").model;
  ASSERT_TRUE(model.target_downtime);
  EXPECT_EQ(*model.target_downtime, (DowntimeTarget{22.0 / 60, 730, 0.95}));
  EXPECT_FALSE(model.target_availability);
}

TEST(Target, DowntimeBesideAvailability) {
  const test::Reading both = with_target("{downtime: {at_most: 0 s, per: $p, probability: 1}, availability: 99.9 %}");
  EXPECT_TRUE(both.said.empty());
  ASSERT_TRUE(both.model.target_downtime);
  EXPECT_EQ(*both.model.target_downtime, (DowntimeTarget{0, 336, 1}));
  ASSERT_TRUE(both.model.target_availability);
  EXPECT_DOUBLE_EQ(*both.model.target_availability, 0.999);
  EXPECT_FALSE(with_target("{availability: 99.9 %}").model.target_downtime);
}

TEST(Target, DowntimeInWords) {
  EXPECT_EQ(to_string(DowntimeTarget{22.0 / 60, 730, 0.95}),
            "at most 22 min of downtime per month with a probability of 95 %");
  EXPECT_EQ(to_string(DowntimeTarget{1, 720, 0.951}),
            "at most 1 h of downtime per 30 days with a probability of 95.1 %");
  EXPECT_EQ(to_string(DowntimeTarget{0, 8760, 1}), "no downtime per year with a probability of 100 %");
}

TEST(Target, HashKnowsThem) {
  const auto hash = [](const std::string& target) { return with_target(target).model.sha256; };
  const std::string one = hash("{downtime: {at_most: 22 min, per: month, probability: 95 %}}");
  EXPECT_EQ(hash("{downtime: {probability: 0.95, per: 1 month, at_most: 1320 s}}"), one);
  for (const char* other :
       {"{}", "{availability: 99 %}", "{downtime: {at_most: 23 min, per: month, probability: 95 %}}",
        "{downtime: {at_most: 22 min, per: 30 days, probability: 95 %}}",
        "{downtime: {at_most: 22 min, per: month, probability: 96 %}}",
        "{downtime: {at_most: 22 min, per: month, probability: 95 %}, availability: 99 %}"})
    EXPECT_NE(hash(other), one) << other;
}

}  // namespace
}  // namespace nines
