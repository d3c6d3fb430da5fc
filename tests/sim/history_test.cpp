// What happens at one instant, and how a history is told.
#include <gtest/gtest.h>

#include <vector>

#include "tests/sim/played.hpp"

namespace nines::test {
namespace {

std::vector<sim::TraceEvent> told(const Model& model, double to_h) {
  std::vector<sim::TraceEvent> events;
  sim::trace(model, {}, 0, 0, to_h, [&](const sim::TraceEvent& event) { events.push_back(event); });
  return events;
}

std::string words(const sim::TraceEvent& event) {
  return std::to_string(static_cast<int>(event.time_h)) + " " + event.instance + " " + event.event;
}

// a is down in [8, 12) and [20, 24), b in [12, 20): as one goes the other comes, at the same instant.
// An outage of zero length is none.
TEST(History, NoOutageWithinAnInstant) {
  const Model model = model_from(
      "components:\n"
      "  a: {mtbf: {fixed: 8 h}, mttr: {fixed: 4 h}}\n"
      "  b: {mtbf: {fixed: 12 h}, mttr: {fixed: 8 h}}\n"
      "system: a or b\n");
  bool down = false;
  for (const auto& event : told(model, 31)) down = down || !event.system_up;
  EXPECT_FALSE(down);
}

// Clocks that ring at one instant ring in order of the file, nodes by number: with one crew, the first listed is served
// first.
TEST(History, ClocksOfOneInstantRingAsTheFileListsThem) {
  const Model model = model_from(
      "crews: {ops: 1}\n"
      "components:\n"
      "  b: {mtbf: {fixed: 10 h}, mttr: {fixed: 2 h}, crew: ops}\n"
      "  a: {mtbf: {fixed: 10 h}, mttr: {fixed: 3 h}, crew: ops}\n"
      "system: a or b\n");
  std::vector<std::string> lines;
  for (const auto& event : told(model, 16))
    if (event.instance != "system" && event.event.rfind("is ", 0) != 0) lines.push_back(words(event));
  ASSERT_GE(lines.size(), 2U);
  EXPECT_EQ(lines[0], "10 b fails");
  EXPECT_EQ(lines[1], "10 a fails, and waits for a crew");
}

// What a failover does, step by step, with fixed times.
TEST(History, AFailoverIsTold) {
  const Model model = model_from(
      "components: {db: {redundancy: primary-standby, standby: cold, mtbf: {fixed: 100 h}, mttr: "
      "{fixed: 50 h}, detection: {fixed: 1 h}, failover: {fixed: 2 h}}}");
  std::vector<std::string> lines;
  for (const auto& event : told(model, 104)) lines.push_back(words(event) + (event.system_up ? "" : " (down)"));
  const std::vector<std::string> wanted = {
      "100 db[0] fails (down)",    "100 db has not noticed yet (down)", "100 db is down (down)",
      "100 system is down (down)", "101 db notices the failure (down)", "101 db fails over (down)",
      "103 db ends the failover",  "103 db serves with node 1",         "103 db is up",
      "103 system is up"};
  EXPECT_EQ(lines, wanted);
}

}  // namespace
}  // namespace nines::test
