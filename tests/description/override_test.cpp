// Paths of `--set` and of a design's `set`: what they reach, what they replace, and what is said when they reach
// nothing.
#include <gtest/gtest.h>

#include <optional>

#include "model/description/model_file.hpp"
#include "model/description/override.hpp"
#include "model/text/read.hpp"

namespace nines {
namespace {

constexpr const char* kModel = R"(nines: 1
target: {availability: 99 %}
parameters: {repair: {value: 1 h, note: n}, life: 90 days, wear: {weibull: {shape: 2, mean: 9 days}},
             worn: {value: {weibull: {shape: 2, mean: 9 days}}}, kind: primary-standby}
types: {vm: {mtbf: $life, mttr: $repair}}
crews: {dba: 1, field: {size: 2, order: priority}}
infrastructure: {az-a: {mtbf: 5 years, mttr: 1 h}, az-b: {mtbf: 5 years, mttr: 1 h}}
components:
  app: {redundancy: cluster, nodes: 3, need: 2, type: vm, placement: [az-a, az-b]}
  db: {redundancy: primary-standby, nodes: 2, mtbf: 180 days, mttr: 4 h, failover: 30 s, coverage: 95 %}
  fan: {redundancy: $kind, mtbf: $worn, mttr: 1 h, failback: 1 s}
  log: {failures: {crash: {mtbf: 30 days, mttr: 5 min}, hang: {mtbf: 60 days, recovery: [{takes: 1 min, works: 90 %}, {takes: 1 h}]}}}
)";

struct Edited {
  Applied applied;
  text::Node tree;
  text::Problems said;
};

Edited edit(const std::string& option, const std::string& model = kModel) {
  text::Sources sources;
  const auto id = sources.add("model.yaml", model);
  const auto change = parse_override(sources, "--set", option);
  Edited result;
  Reader reader(sources, result.said);
  result.tree = *text::read_yaml(sources, id);
  result.applied = apply_override(reader, result.tree, change->path, change->path_place,
                                  *text::read_value(sources, change->value_place));
  return result;
}

// The scalar at a full path, when it is there.
std::optional<std::string> at(const text::Node& tree, const std::vector<std::string>& path) {
  const text::Node* here = &tree;
  for (const std::string& part : path) {
    if (here->is_sequence()) {
      here = &here->items.at(std::stoul(part));
      continue;
    }
    const text::Entry* entry = here->find(part);
    if (!entry) return std::nullopt;
    here = &entry->value;
  }
  return here->scalar;
}

TEST(Override, PathsReachEveryValue) {
  const struct {
    std::string option;
    std::vector<std::string> path;
    std::string value;
  } cases[] = {
      {"db.mttr=2h", {"components", "db", "mttr"}, "2h"},
      {"components.db.mttr=2h", {"components", "db", "mttr"}, "2h"},
      {"db.detection=3 s", {"components", "db", "detection"}, "3 s"},
      {"types.vm.mttr=2h", {"types", "vm", "mttr"}, "2h"},
      {"repair=2h", {"parameters", "repair", "value"}, "2h"},
      {"parameters.repair.value=2h", {"parameters", "repair", "value"}, "2h"},
      {"life=1 year", {"parameters", "life"}, "1 year"},
      {"wear.weibull.shape=3", {"parameters", "wear", "weibull", "shape"}, "3"},
      {"worn.weibull.shape=3", {"parameters", "worn", "value", "weibull", "shape"}, "3"},
      {"worn.value.weibull.shape=3", {"parameters", "worn", "value", "weibull", "shape"}, "3"},
      {"fan.mtbf.weibull.shape=3", {"components", "fan", "mtbf", "weibull", "shape"}, "3"},
      {"fan.mtbf.weibull.scale=3 d", {"components", "fan", "mtbf", "weibull", "scale"}, "3 d"},
      {"fan.failback=2 s", {"components", "fan", "failback"}, "2 s"},
      {"target.availability=99.9%", {"target", "availability"}, "99.9%"},
      {"target.downtime.at_most=1h", {"target", "downtime", "at_most"}, "1h"},
      {"target.downtime.per=month", {"target", "downtime", "per"}, "month"},
      {"system=app or db", {"system"}, "app or db"},
      {"app.placement.1=az-a", {"components", "app", "placement", "1"}, "az-a"},
      {"az-a.mttr=2h", {"infrastructure", "az-a", "mttr"}, "2h"},
      {"log.failures.crash.mttr=9 min", {"components", "log", "failures", "crash", "mttr"}, "9 min"},
      {"crews.field.size=3", {"crews", "field", "size"}, "3"},
      {"field.size=3", {"crews", "field", "size"}, "3"},
      {"field.order=fifo", {"crews", "field", "order"}, "fifo"},
      {"dba.size=3", {"crews", "dba", "size"}, "3"},
      {"crews.dba=3", {"crews", "dba"}, "3"},
      {"crews.field=3", {"crews", "field", "size"}, "3"},
      {"crews.field={order: priority}", {"crews", "field", "order"}, "priority"},
      {"db.crew=dba", {"components", "db", "crew"}, "dba"},
      {"vm.crew=field", {"types", "vm", "crew"}, "field"},
      {"az-a.priority=2", {"infrastructure", "az-a", "priority"}, "2"},
      {"log.failures.crash.crew=field", {"components", "log", "failures", "crash", "crew"}, "field"},
      {"log.failures.hang.priority=2", {"components", "log", "failures", "hang", "priority"}, "2"},
      {"log.failures.hang.recovery.0.works=80%",
       {"components", "log", "failures", "hang", "recovery", "0", "works"},
       "80%"},
  };
  for (const auto& c : cases) {
    const Edited result = edit(c.option);
    EXPECT_TRUE(result.applied.done) << c.option << ": " << result.applied.problem.message;
    EXPECT_EQ(at(result.tree, c.path), c.value) << c.option;
    EXPECT_TRUE(result.said.empty()) << c.option;
  }
}

TEST(Override, OneSlotForHowOftenAUnitFails) {
  const Edited afr = edit("db.afr=50 %");
  EXPECT_TRUE(afr.applied.done);
  EXPECT_EQ(at(afr.tree, {"components", "db", "afr"}), "50 %");
  EXPECT_FALSE(at(afr.tree, {"components", "db", "mtbf"}));
  EXPECT_TRUE(at(afr.tree, {"components", "db", "mttr"}));
  const Edited single = edit("log.mtbf=50 days");
  EXPECT_FALSE(at(single.tree, {"components", "log", "failures"}));
  const Edited fixed = edit("log.failures.hang.mttr=1 h");
  EXPECT_FALSE(at(fixed.tree, {"components", "log", "failures", "hang", "recovery"}));
  EXPECT_TRUE(at(fixed.tree, {"components", "log", "failures", "hang", "mtbf"}));
}

TEST(Override, AKeyBesideATypeLeavesTheTypeAlone) {
  const Edited result = edit("app.afr=50 %");
  EXPECT_TRUE(result.applied.done);
  EXPECT_EQ(at(result.tree, {"components", "app", "afr"}), "50 %");
  EXPECT_EQ(at(result.tree, {"types", "vm", "mtbf"}), "$life");
}

TEST(Override, ACrewsSizeAndItsOrderAreApart) {
  const Edited order = edit("dba.order=priority");
  EXPECT_EQ(at(order.tree, {"crews", "dba", "size"}), "1");
  EXPECT_EQ(at(order.tree, {"crews", "dba", "order"}), "priority");
  const Edited size = edit("crews.field=3");
  EXPECT_EQ(at(size.tree, {"crews", "field", "order"}), "priority");
  const Edited whole = edit("crews.field={size: 3}");
  EXPECT_FALSE(at(whole.tree, {"crews", "field", "order"}));
}

TEST(Override, ACrewMayShareItsNameWithAComponent) {
  const std::string model = "nines: 1\ncrews: {db: 1}\ncomponents: {db: {mtbf: 1 year, mttr: 1 h, crew: db}}\n";
  EXPECT_EQ(at(edit("crews.db.size=2", model).tree, {"crews", "db", "size"}), "2");
  EXPECT_EQ(at(edit("components.db.mttr=2h", model).tree, {"components", "db", "mttr"}), "2h");
  for (const char* option : {"db.size=2", "db.mttr=2h"}) {
    const Edited unclear = edit(option, model);
    EXPECT_FALSE(unclear.applied.done) << option;
    ASSERT_EQ(unclear.applied.problem.helps.size(), 1u) << option;
    EXPECT_NE(unclear.applied.problem.helps[0].find("`crews.db."), std::string::npos);
    EXPECT_NE(unclear.applied.problem.helps[0].find("`components.db."), std::string::npos);
  }
}

TEST(Override, ATargetThatIsNotWritten) {
  const std::string model = "nines: 1\ncomponents: {db: {mtbf: 1 year, mttr: 1 h}}\n";
  EXPECT_EQ(at(edit("target.downtime.per=week", model).tree, {"target", "downtime", "per"}), "week");
  EXPECT_EQ(at(edit("target.availability=99%", model).tree, {"target", "availability"}), "99%");
}

TEST(Override, AnotherRedundancyLeavesItsKeysAside) {
  const Edited result = edit("app.redundancy=primary-standby");
  EXPECT_TRUE(result.applied.done);
  EXPECT_FALSE(at(result.tree, {"components", "app", "need"}));
  EXPECT_EQ(at(result.tree, {"components", "app", "nodes"}), "3");
  ASSERT_EQ(result.said.size(), 1u);
  EXPECT_EQ(result.said[0].severity, text::Severity::warning);
  EXPECT_NE(result.said[0].message.find("`need`"), std::string::npos);
}

TEST(Override, PathsThatLeadNowhere) {
  const struct {
    std::string option;
    std::string hint;
  } cases[] = {
      {"db.mtr=2h", "db.mttr"},
      {"dbb.mttr=2h", "db.mttr"},
      {"repiar=2h", "repair"},
      {"app.placement.2=az-a", "0"},
      {"app.placement.x=az-a", "0"},
      {"db.mttr.mean=2h", ""},
      {"db.need=2", ""},
      {"components.cache.nodes=2", ""},
      {"target.availabilty=99%", "target.availability"},
      {"target.downtime.atmost=1h", "target.downtime.at_most"},
      {"target.downtime.per.month=1", ""},
      {"target.availability.x=1", ""},
      {"target.srved=99%", "target.served"},
      {"demand.day.level=5", ""},
      {"db={}", "db.KEY"},
      {"field.sise=2", "field.size"},
      {"dbaa.size=2", "dba.size"},
      {"dba.sise=2", "dba.size"},
      {"dba.mttr=2h", ""},
      {"field=2", "field.KEY"},
      {"crews.nobody.size=2", ""},
      {"db..mttr=2h", ""},
      {".=1", ""},
      {"log.failures.hung.mtbf=2h", ""},
  };
  for (const auto& c : cases) {
    const Edited result = edit(c.option);
    EXPECT_FALSE(result.applied.done) << c.option;
    EXPECT_EQ(result.applied.problem.code, "unknown-path") << c.option;
    EXPECT_EQ(result.applied.problem.place.begin, 0u) << c.option;
    std::string helps;
    for (const std::string& help : result.applied.problem.helps) helps += help;
    EXPECT_NE(helps.find(c.hint), std::string::npos) << c.option << ": " << helps;
  }
}

TEST(Override, OptionsThatAreNone) {
  text::Sources sources;
  EXPECT_FALSE(parse_override(sources, "--set", "db.mttr"));
  EXPECT_FALSE(parse_override(sources, "--set", "=2h"));
  const auto twice = parse_override(sources, "--set", "a.b=c=d");
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->path, "a.b");
}

// What a parameter stands for is changed where the path goes, and nowhere else.
TEST(Override, AUseOfAParameterIsCopied) {
  const Edited edited = edit("fan.mtbf.weibull.shape=3");
  EXPECT_EQ(at(edited.tree, {"parameters", "worn", "value", "weibull", "shape"}), "2");
}

TEST(Override, AParameterMayChangeTheRedundancy) {
  const Edited edited = edit("kind=cluster");
  ASSERT_TRUE(edited.applied.done);
  ASSERT_EQ(edited.said.size(), 1u);
  EXPECT_EQ(edited.said[0].code, "left-aside");
  EXPECT_EQ(at(edited.tree, {"components", "fan", "failback"}), std::nullopt);
}

TEST(Override, SuggestsTheNearestPath) {
  const auto help = [](const std::string& option) {
    const auto edited = edit(option);
    return edited.applied.problem.helps.empty() ? "" : edited.applied.problem.helps.front();
  };
  EXPECT_EQ(help("dbb.mttr=1h"), "did you mean `db.mttr`?");
  EXPECT_EQ(help("DB.failback=1s"), "did you mean `db.failback`?");
  EXPECT_EQ(help("component.db.mttr=1h"), "did you mean `components.db.mttr`?");
  EXPECT_EQ(help("repar=1h"), "did you mean `repair`?");
  EXPECT_EQ(help("design=x"), "`--design` chooses one");
}

}  // namespace
}  // namespace nines
