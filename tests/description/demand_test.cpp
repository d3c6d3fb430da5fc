// Capacity and demand as they are read. What is wrong with them is in tests/cases.
#include <gtest/gtest.h>

#include "tests/description/read.hpp"

namespace nines::test {
namespace {

TEST(Demand, IsANumberOrAProfile) {
  const Model plain = read("nines: 1\ndemand: 2e3\ncomponents: {a: {mtbf: 1 h, mttr: 1 h}}").model;
  EXPECT_EQ(plain.demand, (std::vector<DemandLevel>{{"", 2000, 1}}));
  const Model profile = read(
                            "nines: 1\n"
                            "parameters: {peak: 900}\n"
                            "demand: {day: {level: $peak, share: 0.4}, night: {level: 300, share: 60 %}}\n"
                            "components: {a: {mtbf: 1 h, mttr: 1 h}}")
                            .model;
  EXPECT_EQ(profile.demand, (std::vector<DemandLevel>{{"day", 900, 0.4}, {"night", 300, 0.6}}));
  // A third each is written with as many digits as one likes.
  const Model thirds = read(
                           "nines: 1\n"
                           "demand: {a: {level: 1, share: 33.33333333333 %}, b: {level: 2, share: 33.33333333333 %},\n"
                           "         c: {level: 3, share: 33.33333333334 %}}\n"
                           "components: {a: {mtbf: 1 h, mttr: 1 h}}")
                           .model;
  EXPECT_EQ(thirds.demand.size(), 3u);
}

TEST(Capacity, IsOfTheUnitOrItsType) {
  const Model model = read(
                          "nines: 1\n"
                          "demand: 10\n"
                          "types: {vm: {mtbf: 1 h, mttr: 1 h, capacity: 5}}\n"
                          "components: {a: {type: vm}, b: {type: vm, capacity: 7}, c: {mtbf: 1 h, mttr: 1 h}}")
                          .model;
  const auto capacity = [&](ComponentId id) { return model.units[model.components[id].nodes[0]].capacity; };
  EXPECT_EQ(capacity(0), 5);
  EXPECT_EQ(capacity(1), 7);
  EXPECT_EQ(capacity(2), kUnlimited);
}

// What costs states is asked for only where it changes something.
TEST(Demand, MarksWhatHasToBeRemembered) {
  const auto marked = [](const std::string& demand, const std::string& cluster, const std::string& pair) {
    const Model model = read("nines: 1\n" + demand +
                             "types: {big: {mtbf: 9 h, mttr: 1 h, capacity: 9}, small: {mtbf: 9 h, mttr: 1 h, "
                             "capacity: 4}}\n"
                             "components: {c: {redundancy: cluster, type: big, detection: 1 min" +
                             cluster + "}, p: {redundancy: primary-standby, units: [" + pair + "]}}")
                            .model;
    return std::pair{std::get<Cluster>(model.components[0].redundancy).detection_matters,
                     std::get<PrimaryStandby>(model.components[1].redundancy).who_serves_matters};
  };
  using Marks = std::pair<bool, bool>;
  EXPECT_EQ(marked("demand: 8\n", "", "big, small"), Marks(true, true));
  EXPECT_EQ(marked("", "", "big, small"), Marks(false, false));
  EXPECT_EQ(marked("demand: 4\n", "", "big, small"), Marks(true, false));  // either serves all of it
  EXPECT_EQ(marked("demand: 8\n", ", pause: all", "big, big"), Marks(false, false));
  EXPECT_EQ(marked("demand: 8\n", ", need: 3", "big, big"), Marks(false, false));
}

}  // namespace
}  // namespace nines::test
