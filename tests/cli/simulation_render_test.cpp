// What the screen, JSON and CSV say of a simulated answer.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "cli/render/estimates.hpp"
#include "cli/render/progress_text.hpp"
#include "cli/render/results.hpp"
#include "cli/render/simulated_comparison.hpp"
#include "cli/render/simulation.hpp"
#include "cli/render/trace.hpp"

namespace nines::cli {
namespace {

Answer some_answer() {
  Answer answer;
  answer.engine = "simulation";
  answer.measures.unavailability = 2.2e-5;
  answer.measures.availability = 1 - 2.2e-5;
  answer.measures.downtime_min_per_year = 2.2e-5 * 525600;
  answer.measures.failures_per_year = 2.87;
  answer.measures.mean_down_time_h = 0.067;
  answer.measures.breach_probability = 0.031;
  answer.intervals = {{"unavailability", {2.17e-5, 2.23e-5}},
                      {"failures_per_year", {2.86, 2.88}},
                      {"mean_down_time_h", {0.066, 0.068}},
                      {"breach_probability", {0.029, 0.033}}};
  answer.targets = {{"availability", 0.9999, 1 - 2.2e-5, true}, {"breach_probability", 0.05, 0.031, true}};
  answer.components = {{"db", 2e-5, 2.5, std::nullopt, 0.9, Interval{1.9e-5, 2.1e-5}}};
  answer.causes = {{"db", Cause::by_hand, 3.3}, {std::nullopt, std::nullopt, 0.5}};
  answer.simulated.emplace();
  Simulated& seen = *answer.simulated;
  seen.seed = 7;
  seen.events = 20'000'000;
  seen.histories = 400;
  seen.outages = 115'000;
  seen.years = 40'000;
  seen.warm_up_years = 2;
  seen.half_width = 0.0136;
  seen.agreement = {{"unavailability", "", 2.21e-5, 2.2e-5, -0.4}, {"failures_per_year", "", 2.87, 2.87, 0.1}};
  Distribution month{"downtime_min_per_month", 480'000, 0.97, 2300, 0.79, {{0.5, 0}, {0.95, 5.5}, {0.99, 20}}, {}};
  month.exceeds = {{22, 0.031, {0.029, 0.033}, "target"}, {43.8, 0.0003, {0.0002, 0.0004}, "99.9 %"}};
  seen.distributions = {month};
  seen.worst_years = {{3, 100, 8760, 2900, 3}};
  seen.worst_outages = {{3, 1000, 9.5, 570, 1}};
  return answer;
}

Answer nothing_seen() {
  Answer answer;
  answer.engine = "simulation";
  answer.intervals = {{"unavailability", {0, 3e-7}}, {"failures_per_year", {0, 0.003}}};
  answer.simulated.emplace();
  answer.simulated->years = 1000;
  answer.simulated->histories = 40;
  answer.simulated->half_width = std::numeric_limits<double>::infinity();
  answer.simulated->not_compared = "`mtbf` of `web` is fixed";
  return answer;
}

Model some_model() {
  Model model;
  model.name = "shop";
  model.design = "quorum";
  model.target_availability = 0.9999;
  model.target_downtime = DowntimeTarget{22.0 / 60, 730, 0.95};
  model.sha256 = "0123456789ab";
  return model;
}

std::string screen(const Answer& answer) {
  const Model model = some_model();
  Document document;
  add_simulation(document, {"", &model, &answer}, Options{}, 3);
  return to_text(document);
}

TEST(Estimates, ShowNoDigitThatTheIntervalDoesNotHold) {
  const Interval narrow{11.45, 11.81}, wide{1, 5}, none{0, 3.1e-6};
  EXPECT_EQ(estimate(11.63, &narrow, 3), "11.63 ± 0.18");
  EXPECT_EQ(estimate(2.1, &wide, 3), "2.1 (1.0 .. 5.0)");
  EXPECT_EQ(estimate(0, &none, 3), "below 3.1e-06");
  EXPECT_EQ(estimate(11.63, nullptr, 3), "11.6");
  const Interval small{2.17e-5, 2.23e-5};
  EXPECT_EQ(estimate(2.2e-5, &small, 3), "(2.200 ± 0.030)e-05");
  EXPECT_EQ(estimate_availability(2.2e-5, &small, 3), "99.997 800 ± 0.000 030 %");
  EXPECT_EQ(estimate_availability(0, &none, 3), "above 99.999 69 %");
  const Interval time{0.066, 0.068};
  EXPECT_EQ(estimate_span(0.067, &time, 3), "4.020 ± 0.060 min");
  const Interval chance{0.00029, 0.00033};
  EXPECT_EQ(estimate_percent(0.00031, &chance, 3), "0.0310 ± 0.0020 %");
}

TEST(Simulation, TheEstimateStandsBesideTheSolvedValue) {
  const std::string text = screen(some_answer());
  EXPECT_NE(text.find("(2.200 ± 0.030)e-05"), std::string::npos) << text;
  EXPECT_NE(text.find("2.21e-05"), std::string::npos) << text;
  EXPECT_NE(text.find("It agrees with solve: of 2 measures"), std::string::npos) << text;
  EXPECT_NE(text.find("Target 99.99 % met"), std::string::npos) << text;
  EXPECT_NE(text.find("Target of at most 22 min of downtime a month met: 3.10 ± 0.20 % of them hold more, 5 % may."),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("by hand"), std::string::npos) << text;
  EXPECT_NE(text.find("The worst of 40,000 years were down for"), std::string::npos) << text;
  EXPECT_NE(text.find("± 1 % would need about 74,000 years"), std::string::npos) << text;
}

TEST(Simulation, ADisagreementIsHardToOverlook) {
  Answer answer = some_answer();
  answer.simulated->agreement[0].distance = 12;
  EXPECT_NE(agreement_sentence(answer).find("DOES NOT AGREE"), std::string::npos);
}

TEST(Simulation, NoOutageIsNotAnAvailabilityOfOne) {
  const std::string text = screen(nothing_seen());
  EXPECT_EQ(text.find("100.0"), std::string::npos) << text;
  EXPECT_NE(text.find("above 99.999 970 %"), std::string::npos) << text;
  EXPECT_NE(text.find("No outage was seen in 1,000 years. That is not an availability of 100 %"), std::string::npos)
      << text;
  EXPECT_NE(text.find("Not compared with solve: `mtbf` of `web` is fixed."), std::string::npos) << text;
}

TEST(Simulation, JsonHasTheKeysOfTheContract) {
  std::vector<Case> cases = {{"shop.yaml", some_model(), {}}, {"shop.yaml", some_model(), {}}};
  std::vector<Answer> answers = {some_answer(), nothing_seen()};
  answers[1].simulated->interrupted = true;
  answers[1].simulated->difference = Difference{"pair", -1e-6, {-2e-6, 1e-7}};
  const auto json = nlohmann::json::parse(results_json(cases, answers));
  const auto& first = json["results"][0];
  EXPECT_EQ(first["engine"], "simulation");
  EXPECT_EQ(first["seed"], 7);
  EXPECT_EQ(first["intervals"]["unavailability"][1], 2.23e-5);
  EXPECT_EQ(first["method"]["events"], 20'000'000);
  EXPECT_EQ(first["method"]["agreement"]["solved"], 2.21e-5);
  EXPECT_EQ(first["method"]["agreement"]["distance"], -0.4);
  EXPECT_EQ(first["distributions"][0]["quantiles"]["0.95"], 5.5);
  EXPECT_EQ(first["distributions"][0]["exceeds"][0]["minutes"], 22);
  EXPECT_FALSE(first["components"][0].contains("birnbaum"));
  EXPECT_FALSE(first.contains("interrupted"));
  const auto& second = json["results"][1];
  EXPECT_FALSE(second["measures"].contains("availability"));
  EXPECT_EQ(second["intervals"]["unavailability"][1], 3e-7);
  EXPECT_TRUE(second["method"]["agreement"].is_null());
  EXPECT_TRUE(second["interrupted"]);
  EXPECT_EQ(second["difference"]["from"], "pair");
}

TEST(Simulation, CsvHasTheEndsOfTheInterval) {
  const std::vector<Case> cases = {{"shop.yaml", some_model(), {}}};
  const std::string wide = results_csv({}, cases, {some_answer()});
  EXPECT_NE(wide.find(",unavailability,unavailability_low,unavailability_high,nines,"), std::string::npos) << wide;
  EXPECT_NE(wide.find(",2.2e-05,2.17e-05,2.23e-05,"), std::string::npos) << wide;
  EXPECT_NE(wide.find(",true,simulation,40000,7,0123456789ab,"), std::string::npos) << wide;
  const std::string rows = results_long_csv({}, cases, {some_answer()});
  EXPECT_NE(rows.find("db,,,unavailability,2e-05,1.9e-05,2.1e-05\r\n"), std::string::npos) << rows;
  EXPECT_NE(rows.find("downtime_min_per_month_quantile_0.95,5.5,,\r\n"), std::string::npos) << rows;
  EXPECT_NE(rows.find("downtime_min_per_month_above_22,0.031,0.029,0.033\r\n"), std::string::npos) << rows;
  EXPECT_NE(rows.find("worst_year_1_downtime_min,2900,,\r\n"), std::string::npos) << rows;
}

TEST(Comparison, SaysWhenTheDataDoNotDecide) {
  const Model model = some_model();
  Answer first = some_answer(), second = some_answer();
  second.measures.unavailability = 2.1e-5;
  second.simulated->difference = Difference{"pair", -1e-6, {-3e-6, 1e-6}};
  const std::vector<study::Candidate> both = {{"pair", &model, &first}, {"quorum", &model, &second}};
  EXPECT_NE(simulated_verdict(both, 3).find("is not decided by the data"), std::string::npos)
      << simulated_verdict(both, 3);
  second.simulated->difference->interval = {-1.5e-6, -0.5e-6};
  EXPECT_NE(simulated_verdict(both, 3).find("quorum is better: 0.526 min/year less downtime"), std::string::npos)
      << simulated_verdict(both, 3);
  EXPECT_EQ(simulated_targets(both), "All of them meet the target.");
  second.intervals[0].second = {0.9e-4, 1.1e-4};
  EXPECT_NE(simulated_targets(both).find("do not decide whether quorum meets the target"), std::string::npos);
  Document document;
  document.add(simulated_comparison_table(both, 3));
  EXPECT_NE(to_text(document).find("-0.53 (-0.79 .. -0.26)"), std::string::npos) << to_text(document);
}

TEST(Traces, RowsAreCsvAndJson) {
  const sim::TraceEvent event{12.5, "db[1]", "fails: crash, and waits for a crew", false};
  EXPECT_EQ(trace_row(event), "12.5,db[1],\"fails: crash, and waits for a crew\",down\r\n");
  EXPECT_EQ(nlohmann::json::parse(trace_line(event))["system"], "down");
}

TEST(Stories, TellWhatFailedBeforeWhatHappenedAndWhatEndedIt) {
  Story story({4, 1000, 3, 180, 1});
  for (const auto& [time, who, what, up] : {std::tuple{900.0, "lb[0]", "fails", true},
                                            {910.0, "lb[0]", "is restored", true},
                                            {998.0, "db[1]", "fails", true},
                                            {1000.0, "db[0]", "fails", false},
                                            {1000.0, "db", "has no node left", false},
                                            {1000.0, "system", "is down", false},
                                            {1003.0, "db[1]", "is restored", true},
                                            {1003.0, "system", "is up", true},
                                            {1009.0, "db[0]", "is restored", true}})
    story.hear({time, who, what, up});
  Document document;
  story.tell(document);
  const std::string text = to_text(document);
  EXPECT_NE(text.find("3.00 h"), std::string::npos) << text;
  EXPECT_EQ(text.find("lb[0]"), std::string::npos) << text;
  const auto before = text.find("2.00 h before"), begins = text.find("it begins"), ends = text.find("it ends");
  EXPECT_LT(before, begins) << text;
  EXPECT_LT(begins, ends) << text;
  EXPECT_EQ(text.find("9.00 h"), std::string::npos) << text;
}

TEST(Progress, SaysHowLongIsLeft) {
  EXPECT_EQ(progress_text(0.25, 5, "100 years"), "25 %, 15 s left: 100 years");
  EXPECT_EQ(progress_text(0, 5, ""), "0 %");
}

}  // namespace
}  // namespace nines::cli
