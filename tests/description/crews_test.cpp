// Who restores what: which crew and priority reach a failure mode, and which model that is.
#include <gtest/gtest.h>

#include "tests/description/read.hpp"

namespace nines {
namespace {

using test::read;
using test::Reading;

const FailureMode& mode(const Model& model, const std::string& component, std::size_t node = 0, std::size_t mode = 0) {
  for (const Component& c : model.components)
    if (c.name == component) return model.units.at(c.nodes.at(node)).modes.at(mode);
  throw std::out_of_range(component);
}

std::string crew(const Model& model, const FailureMode& mode) {
  return mode.crew == kNoCrew ? "-" : model.crews.at(mode.crew).name;
}

TEST(Crews, SectionAsWritten) {
  const Model model = read(R"(nines: 1
parameters: {hands: 4}
crews: {zeta: 1, field: {size: 2, order: priority}, alpha: {}, late: {order: fifo}, many: $hands}
components: {a: {mtbf: 90 days, mttr: 4 h}}
)")
                          .model;
  const std::vector<Crew> expected = {
      {"zeta", 1, false}, {"field", 2, true}, {"alpha", 1, false}, {"late", 1, false}, {"many", 4, false}};
  EXPECT_EQ(model.crews, expected);
}

TEST(Crews, TheNearestOfModeComponentAndType) {
  const Reading reading = read(R"(nines: 1
crews: {dba: {size: 2, order: priority}, field: {order: priority}}
types:
  vm: {mtbf: 90 days, mttr: 1 h, crew: field, priority: 3}
  box: {failures: {crash: {mtbf: 90 days}, disk: {mtbf: 1 year, crew: field}}, mttr: 1 h}
infrastructure: {rack: {mtbf: 5 years, mttr: 1 h, crew: field}}
components:
  app: {type: vm, placement: rack}
  web: {type: vm, crew: dba}
  own: {type: vm, crew: none}
  db: {type: box, crew: dba, priority: 2}
  log: {crew: dba, priority: 1, mttr: 1 h, failures: {a: {mtbf: 1 day}, b: {mtbf: 1 day, crew: none}, c: {mtbf: 1 day, priority: 7}}}
  pair: {redundancy: primary-standby, units: [vm, box], crew: dba}
)");
  const Model& m = reading.model;
  const auto is = [&](const std::string& name, std::size_t node, std::size_t at, const char* who, double priority) {
    const FailureMode& f = mode(m, name, node, at);
    EXPECT_EQ(crew(m, f), who) << name << " " << node << " " << at;
    EXPECT_EQ(f.priority, priority) << name << " " << node << " " << at;
  };
  is("rack", 0, 0, "field", 0);
  is("app", 0, 0, "field", 3);
  is("web", 0, 0, "dba", 3);
  is("own", 0, 0, "-", 0);
  is("db", 0, 0, "dba", 2);
  is("db", 0, 1, "field", 2);
  is("log", 0, 0, "dba", 1);
  is("log", 0, 1, "-", 0);
  is("log", 0, 2, "dba", 7);
  is("pair", 0, 0, "dba", 3);
  is("pair", 1, 0, "dba", 0);
  is("pair", 1, 1, "field", 0);
  EXPECT_TRUE(reading.said.empty()) << reading.said[0].message;
}

TEST(Crews, WhatIsNeverRepairedTakesNone) {
  const Model model = read(R"(nines: 1
crews: {ops: {order: priority}}
components:
  a: {failures: {x: {mtbf: 1 year, mttr: never}, y: {mtbf: 1 year, mttr: 1 h}}, crew: ops, priority: 2}
  b: {availability: 100 %, mttr: 1 h, crew: ops}
)")
                          .model;
  EXPECT_EQ(mode(model, "a", 0, 0).crew, kNoCrew);
  EXPECT_EQ(mode(model, "a", 0, 0).priority, 0);
  EXPECT_EQ(mode(model, "a", 0, 1).crew, 0u);
  EXPECT_EQ(mode(model, "b").crew, kNoCrew) << "what never fails is never restored";
}

TEST(Crews, EqualUnitsStayEqualWhateverHasNoEffect) {
  const Model model = read(R"(nines: 1
crews: {ops: 2}
components:
  a: {mtbf: 1 year, mttr: 1 h, crew: ops, priority: 2}
  b: {mtbf: 1 year, mttr: 1 h, crew: ops}
  c: {mtbf: 1 year, mttr: 1 h}
)")
                          .model;
  EXPECT_EQ(model.components[0].nodes, model.components[1].nodes);
  EXPECT_NE(model.components[0].nodes, model.components[2].nodes);
}

// What each has to say, as `code: label` in order of place.
std::vector<std::string> said(const std::string& words) {
  std::vector<std::string> list;
  for (const text::Problem& p : read(words).said) list.push_back(p.code + ": " + p.label);
  return list;
}

TEST(Crews, KeysWithoutEffectAreSaid) {
  const std::string a =
      "nines: 1\ncrews: {ops: {order: priority}, fifo: 1}\ncomponents:\n  a: {mtbf: 1 year, crew: "
      "ops, mttr: 1 h}\n  f: {mtbf: 1 year, crew: fifo, mttr: 1 h}\n";
  using Words = std::vector<std::string>;
  EXPECT_EQ(said(a), Words());
  EXPECT_EQ(said(a + "  b: {mtbf: 1 year, mttr: 1 h, priority: 1}\n"), Words{"unused: no crew, so nothing waits"});
  EXPECT_EQ(said(a + "  b: {mtbf: 1 year, mttr: 1 h, crew: fifo, priority: 1}\n"),
            Words{"unused: its crew takes the first that came"});
  EXPECT_EQ(said(a + "  b: {mtbf: 1 year, mttr: never, crew: ops}\n"), Words{"unused: never repaired"});
  EXPECT_EQ(said(a + "  b: {crew: fifo, failures: {x: {mtbf: 1 year, mttr: 1 h, crew: ops}}}\n"),
            Words{"unused: each failure mode has its own"});
  EXPECT_EQ(said(a + "  b: {crew: fifo, failures: {x: {mtbf: 1 year, mttr: 1 h, crew: ops}, y: {mtbf: 1 year, mttr: 1 "
                     "h}}}\n"),
            Words());
  // One of a type's users is enough.
  EXPECT_EQ(said(a + "  b: {type: t}\n  c: {type: t, crew: none}\ntypes: {t: {mtbf: 1 year, mttr: 1 h, crew: ops, "
                     "priority: 1}}\n"),
            Words());
  // A type that nothing uses names no crew.
  EXPECT_EQ(
      said("nines: 1\ncrews: {ops: 1}\ntypes: {t: {mtbf: 1 year, mttr: 1 h, crew: ops}}\ncomponents: {a: {mtbf: 1 "
           "year, mttr: 1 h}}\n"),
      (Words{"unused: nothing names it", "unused: never used"}));
}

std::string hash(const std::string& crews, const std::string& a, const std::string& b = "crew: ops") {
  return read("nines: 1\ncrews: " + crews + "\ncomponents: {a: {mtbf: 1 year, mttr: 1 h, " + a +
              "}, b: {mtbf: 1 year, mttr: 1 h, " + b + "}}\n")
      .model.sha256;
}

TEST(Crews, HashKnowsWhatHasAnEffect) {
  const std::string one = hash("{ops: 1}", "crew: ops");
  EXPECT_EQ(hash("{ops: {size: 1, order: fifo}}", "crew: ops"), one);
  EXPECT_EQ(hash("{hands: 1}", "crew: hands", "crew: hands"), one) << "the name of a crew is no part of an answer";
  EXPECT_EQ(hash("{idle: 3, ops: 1}", "crew: ops"), one) << "nor one that nothing names";
  EXPECT_EQ(hash("{ops: 1}", "crew: ops, priority: 2"), one) << "nor a priority in a queue by arrival";
  EXPECT_NE(hash("{ops: 1}", "crew: none"), one);
  EXPECT_NE(hash("{ops: 2}", "crew: ops"), one);
  EXPECT_NE(hash("{ops: 1, dba: 1}", "crew: dba"), one);
  const std::string ordered = hash("{ops: {order: priority}}", "crew: ops");
  EXPECT_NE(ordered, one);
  EXPECT_NE(hash("{ops: {order: priority}}", "crew: ops, priority: 2"), ordered);
  EXPECT_EQ(hash("{ops: {order: priority}}", "crew: ops, priority: 0"), ordered);
  const std::string none = hash("{ops: 1}", "nodes: 1", "nodes: 1");
  EXPECT_EQ(hash("{ops: 7}", "nodes: 1", "nodes: 1"), none);
  EXPECT_EQ(hash("{ops: 7}", "crew: none", "crew: none"), none);
  EXPECT_NE(none, one);
}

}  // namespace
}  // namespace nines
