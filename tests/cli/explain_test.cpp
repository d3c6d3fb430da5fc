// What `explain`, the screens and the notes say of rules that take several things down together.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <initializer_list>
#include <string>

namespace {

std::string output(const std::string& arguments) {
  std::FILE* pipe = ::popen(("cd " MODELS " && " NINES_PROGRAM " " + arguments).c_str(), "r");
  std::string out;
  if (!pipe) return out;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), n);
  ::pclose(pipe);
  return out;
}

void expect_words(const std::string& text, std::initializer_list<const char*> all) {
  for (const char* words : all) EXPECT_NE(text.find(words), std::string::npos) << words << "\nnot in\n" << text;
}

std::size_t count(const std::string& text, const std::string& words) {
  std::size_t n = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++n;
  return n;
}

TEST(Explain, SaysWhatFailsAndGoesDownTogether) {
  const std::string text = output("explain together.yaml");
  expect_words(
      text,
      {"  - 2 % of its failures take all units of a kind at once (the beta factor)",
       "  - A bad release comes every 140 days on average and takes all of it down, its nodes untouched, until it is "
       "rolled back after 20 min on average.",
       "  - Every 90 days, from time 0, it is stopped for maintenance, for 30 min; its nodes are not touched.",
       "  - Common cause `wrong-command` takes all of it down, its nodes untouched.",
       "  - As a whole it is up only while hall is; its nodes are not touched by that.",
       "jolt: a common cause\n  - Every 10 years on average it strikes `shelf`: each unit that has not failed fails, "
       "each "
       "with probability 20 %,",
       "wrong-command: a common cause that is restored as one\n  - Every 4 years on average it takes down `pair`, "
       "`api`, "
       "nodes untouched, until all of it is restored after 3 h on average",
       "partial: a common cause that is restored as one\n  - Every 8 years on average it takes down `web` in every "
       "copy, `pair`, each with probability 50 %",
       "Every 90 days, from time 0, maintenance goes through the nodes: each is out for 10 min",
       "is restored in 6 h on average, once it has a part `disk` and crew `hands` has someone free.",
       "disk: 2 parts on the shelf\n  - Each failure of `shelf` takes one, and orders another that comes after 5 days "
       "on "
       "average."});
  // Holds are the program's own, and no entries of the file.
  for (const char* hold : {":restore", ":release", ":maintenance", "never repaired"})
    EXPECT_EQ(text.find(hold), std::string::npos) << hold << text;
}

TEST(Explain, SaysHowAStandbyIsWatched) {
  const std::string text = output("explain together.yaml pair");
  expect_words(text, {"noticed when 3 of its beats, one every 1 s, in a row are missing: after 2 s to 3 s, all "
                      "equally likely",
                      "A beat of a healthy node is lost with probability 1 %.",
                      "until the next inspection (every 7 days, from time 0) or a failover.",
                      "A failover for no reason starts every 11.7 days on average while another node is up, for lost "
                      "beats among them."});
}

TEST(Explain, SaysCopiesOnce) {
  const std::string text = output("explain together.yaml");
  expect_words(text, {"web, in 2 copies (service[0].web, service[1].web): one unit\n",
                      "db, in 2 copies (service[0].db, service[1].db): 2 nodes of which one serves",
                      "  - Each node is a whole copy of all that `web and db` names, and is up while this is so within "
                      "it.\n"});
  EXPECT_EQ(count(text, "A unit fails every 100 days"), 1U) << text;
  EXPECT_EQ(output("explain together.yaml 'service[1].db'").rfind("service[1].db: 2 nodes of which one serves", 0), 0U);
  EXPECT_EQ(output("explain together.yaml db").rfind("db, in 2 copies", 0), 0U);
  EXPECT_EQ(output("explain together.yaml jolt").rfind("jolt: a common cause", 0), 0U);
  EXPECT_NE(output("explain together.yaml sevice 2>&1").find("did you mean `service`?"), std::string::npos);
}

TEST(Explain, WhatIsNotModelledFollowsTheModel) {
  const std::string all = output("explain together.yaml"), plain = output("explain pair.yaml");
  expect_words(plain,
               {"  - Bad releases and other changes, maintenance, common causes beside the infrastructure named "
                "here, human error beyond `coverage`, and load: in practice bad changes often outweigh failover."});
  expect_words(all,
               {"  - Common causes beside those and the infrastructure named here, other human error beyond "
                "`coverage`, and load.\n",
                "clocks of different units are independent, but for the common causes.",
                "  - Of the restorations those of what an inspection has to find wait until it is found, those that "
                "need a part wait until it is there, those by a crew wait until it has someone free; all others "
                "start at once.",
                "  - `nines solve` is approximate: the maintenance of `api` comes and goes after exponential times",
                "  - `nines simulate` plays all of it as written.\n"});
  for (const char* gone : {"Bad releases and", "there are parts", "in practice bad changes"})
    EXPECT_EQ(all.find(gone), std::string::npos) << gone << all;
}

TEST(Screens, ShowAvailabilityWithAndWithoutPlannedWork) {
  expect_words(output("solve -q together.yaml"),
               {"\n  availability  ", "\n    without planned work ", "\n    planned  "});
  expect_words(output("simulate -q --years 500 together.yaml"), {"\n    planned ", "\n    availability without it "});
  EXPECT_EQ(output("solve -q pair.yaml").find("planned"), std::string::npos);
}

TEST(Screens, HoldsAreNeverCalledByTheirNames) {
  const std::string both = output("solve together.yaml 2>&1"),
                    story = output("simulate -q --years 3000 --story together.yaml");
  for (const char* hold : {"api:", "partial:", ":restore", ":release", ":maintenance"}) {
    EXPECT_EQ(both.find(hold), std::string::npos) << hold << both;
    EXPECT_EQ(story.find(hold), std::string::npos) << hold << story;
  }
  EXPECT_EQ(story.find("approximates here: approximate"), std::string::npos) << story;
}

TEST(Notes, DesignsThatDifferInChangesSpareOrCausesAreTold) {
  const std::string root = ROOT "/examples/";
  const std::string control = output("compare -q " + root + "kubernetes-control-plane.yaml");
  expect_words(control, {"Note: three and careful have the same redundancy but other numbers for `api`.",
                         "The cheapest that meets the target is careful."});
  const std::string shelf = output("compare -q " + root + "storage-shelf.yaml");
  expect_words(shelf, {"Note: double-parity and two-spares have the same redundancy but other numbers for `shelf`.",
                       "The cheapest that meets the target is two-spares."});
  const std::string sites = output("compare -q " + root + "two-sites.yaml");
  EXPECT_EQ(sites.find("service:maintenance"), std::string::npos) << sites;
}

TEST(Notes, RoundsThatFallTogetherAreTold) {
  const char* told = "by the calendar rounds of maintenance fall together here";
  EXPECT_NE(output("solve together.yaml 2>&1").find(told), std::string::npos);
  EXPECT_EQ(output("solve together.yaml --set api.maintenance.every=50days 2>&1").find(told), std::string::npos);
  EXPECT_NE(output("solve together.yaml --set api.maintenance.every=180days 2>&1").find(told), std::string::npos);
}

}  // namespace
