// The key table, the reader, the schema and the reference page say the same.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "model/description/keys.hpp"
#include "model/text/read.hpp"

namespace nines {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// As an editor sees a YAML file.
nlohmann::json to_json(const text::Node& node) {
  if (node.is_mapping()) {
    auto object = nlohmann::json::object();
    for (const auto& entry : node.entries) object[entry.key] = to_json(entry.value);
    return object;
  }
  if (node.is_sequence()) {
    auto array = nlohmann::json::array();
    for (const auto& item : node.items) array.push_back(to_json(item));
    return array;
  }
  if (!node.is_scalar()) return nullptr;
  static const std::regex number("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
  return !node.quoted && std::regex_match(node.scalar, number) ? nlohmann::json::parse(node.scalar, nullptr, false)
                                                               : nlohmann::json(node.scalar);
}

bool fits_schema(const std::string& yaml) {
  static const auto kept = std::make_unique<valijson::Schema>();
  static const bool parsed = [] {
    const auto document = nlohmann::json::parse(json_schema());
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *kept);
    return true;
  }();
  EXPECT_TRUE(parsed);
  text::Sources sources;
  const auto node = text::read_yaml(sources, sources.add("model.yaml", yaml));
  if (!node) return false;
  const auto document = to_json(*node);
  return valijson::Validator().validate(*kept, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
}

TEST(Table, ReferencePageIsUpToDate) {
  EXPECT_EQ(content(NINES_SOURCE "/docs/model-reference.md"), model_reference())
      << "it is made by model_reference(); `nines export --to reference` prints it";
}

TEST(Table, SchemaTakesTheExamples) {
  for (const auto& entry : std::filesystem::directory_iterator(NINES_SOURCE "/examples"))
    EXPECT_TRUE(fits_schema(content(entry.path()))) << entry.path();
}

TEST(Table, SchemaTakesEveryForm) {
  const std::string head = "nines: 1\n";
  for (const char* good :
       {"components: {a: {mtbf: 1.5e3 h, mttr: never}}",
        "components: {a: {afr: 4 %, mttr: {lognormal: {median: 3 h, p95: 12 h}}}}",
        "components: {a: {failures: {x: {mtbf: 1 year}}, mttr: 2h}}",
        "components: {a: {fit: 500, recovery: [{step: a, takes: 30 s, works: 0.9}, {takes: 4 h}]}}",
        "parameters: {p: 4 h, q: {value: $p, range: [1 h, 8 h]}}\ncomponents: {a: {mtbf: {weibull: "
        "{shape: 1.5, mean: $q}}, mttr: $p}}",
        "components: {a: {redundancy: master-slave, standby: cold, failback: none, false_failover: "
        "never, mtbf: 1 d, mttr: 1 h}}",
        "parameters: {n: 2}\ncrews: {x: 1, y: {size: $n, order: priority}, z: $n, w: {}}\ncomponents: "
        "{a: {mtbf: 1 d, mttr: 1 h, crew: x}, b: {failures: {f: {mtbf: 1 d, crew: y, priority: 2.5}}, "
        "mttr: 1 h, crew: none}}",
        "chains: {u: {states: {ok: up, dark: down}, start: ok, transitions: [{from: ok, to: dark, mean: 9 h}, "
        "{from: dark, to: ok, rate: 0.5 /h}]}, big: {file: big.tra, up: minimum}}\nsystem: u and big",
        "target: {availability: 99 %, downtime: {at_most: 22 min, per: month, probability: 95 %}}\n"
        "components: {a: {mtbf: 1 d, mttr: 1 h}}",
        "parameters: {p: 5}\ndemand: $p\ntarget: {served: 99 %}\n"
        "components: {a: {mtbf: 1 d, mttr: 1 h, capacity: $p}}",
        "demand: {day: {level: 7.5, share: 40 %}, night: {level: 1, share: 0.6}}\n"
        "components: {a: {mtbf: 1 d, mttr: 1 h, capacity: 2.5}}",
        "parameters: {p: month}\ntarget: {downtime: {at_most: 0 s, per: $p, probability: 1}}\n"
        "components: {a: {mtbf: 1 d, mttr: 1 h}}",
        "spares: {d: {stock: 0, lead_time: {fixed: 5 days}}}\nassemblies: {site: a and b}\ncommon_causes: {x: {mtbf: "
        "1 year, hits: [a, b], probability: 50 %, restore: 1 h}}\ncomponents: {a: {mtbf: 1 d, mttr: 1 h, spare: d}, b: "
        "{redundancy: primary-standby, inspection: 7 days, detection: {heartbeat: 1 s}, mtbf: 1 d, mttr: 1 h, changes: "
        "{every: 1 week, fail: 5 %, rollback: 20 min}, maintenance: {every: 30 days, takes: 20 min, mode: stop}}, s: "
        "{of: site, nodes: 2, beta: 5 %}}",
        "infrastructure: {z: {mtbf: 1 year, mttr: 1 h}}\ncomponents: {a: {mtbf: 1 d, mttr: 1 h, "
        "placement: z, needs: z or z}}\ndesigns: {d: {remove: [z], set: {a.mttr: 2 h}}}"})
    EXPECT_TRUE(fits_schema(head + good)) << good;
}

TEST(Table, SchemaRefusesFaults) {
  const std::string head = "nines: 1\n";
  for (const char* bad :
       {"components: {a: {mtbf: 4, mttr: 1 h}}",
        "components: {a: {mtfb: 4 h, mttr: 1 h}}",
        "componets: {a: {mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {mtbf: 4 m, mttr: 1 h}}",
        "components: {a: {redundancy: custer, mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {coverage: 1.2, mtbf: 4 h, mttr: 1 h}}",
        "components: {1a: {mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {nodes: 0, mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {of: 2x, nodes: 2}}",
        "spares: {x: {stock: -1}}\ncomponents: {a: {spare: x, mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {changes: {every: 5 %}, mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {maintenance: {mode: halt}, mtbf: 4 h, mttr: 1 h}}",
        "components: {a: {detection: {heartbeat: 1 s, mises: 3}, mtbf: 4 h, mttr: 1 h}}",
        "target: {downtime: {at_most: 1 h, per: month}}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "target: {downtime: {at_most: hour, per: month, probability: 95 %}}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "target: {downtime: {at_most: 1 h, per: 4 m, probability: 95 %}}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "demand: 0\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "demand: {day: {level: 7}}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "demand: {}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "crews: {x: 0}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "crews: {x: {order: lifo}}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "crews: {x: {sise: 2}}\ncomponents: {a: {mtbf: 4 h, mttr: 1 h}}",
        "chains: {u: {states: {ok: on}, transitions: [{from: ok, to: ok, mean: 1 h}]}}\nsystem: u",
        "chains: {u: {states: {ok: up}, transitions: [{from: ok, mean: 1 h}]}}\nsystem: u",
        "chains: {u: {states: {ok: up}, transitions: []}}\nsystem: u",
        "chains: {u: {file: big.tra}}",
        "components: {a: {priority: -1, mtbf: 4 h, mttr: 1 h}}"})
    EXPECT_FALSE(fits_schema(head + bad)) << bad;
}

// Whatever the readers look for is in the table, and whatever is in the table is looked for or refused.
TEST(Table, EveryKeyIsReadAndEveryReadKeyIsKnown) {
  std::string sources;
  for (const auto& entry : std::filesystem::directory_iterator(NINES_SOURCE "/model/description")) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() == ".cpp" && name != "keys.cpp" && name != "schema.cpp" && name != "read_law.cpp" &&
        name != "path_rules.cpp")
      sources += content(entry);
  }
  std::set<std::string> table;
  for (const Key& key : key_table()) table.insert(key.name);
  const std::regex lookup("find\\(\"([a-z_]+)\"\\)");
  for (std::sregex_iterator it(sources.begin(), sources.end(), lookup), end; it != end; ++it)
    EXPECT_TRUE(table.count((*it)[1])) << (*it)[1];
  for (const Key& key : key_table()) {
    if (key.later) continue;
    EXPECT_NE(sources.find("\"" + std::string(key.name) + "\""), std::string::npos)
        << key.name << " is in the table but never read";
    EXPECT_STRNE(key.sentence, "") << key.name;
  }
}

// Codes that problems carry, and the table that explains them.
TEST(Table, EveryCodeIsExplained) {
  std::string raised;
  for (const char* room : {"/model", "/sim", "/cli"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(NINES_SOURCE) + room))
      if (entry.path().extension() == ".cpp" && entry.path().filename() != "codes.cpp") raised += content(entry.path());
  const std::string table = content(NINES_SOURCE "/cli/codes.cpp");
  const std::regex entry("\\{\"([a-z0-9-]+)\", [0-3],");
  std::set<std::string> explained;
  for (std::sregex_iterator it(table.begin(), table.end(), entry), end; it != end; ++it) {
    explained.insert((*it)[1]);
    EXPECT_NE(raised.find("\"" + (*it)[1].str() + "\""), std::string::npos)
        << (*it)[1] << " is explained but never raised";
  }
  EXPECT_GT(explained.size(), 40u);
  for (const auto& path : std::filesystem::directory_iterator(NINES_SOURCE "/tests/cases/broken")) {
    const std::string words = content(path.path());
    const std::regex shown("(error|warning)\\[([a-z0-9-]+)\\]");
    for (std::sregex_iterator it(words.begin(), words.end(), shown), end; it != end; ++it)
      EXPECT_TRUE(explained.count((*it)[2])) << (*it)[2];
  }
  const std::regex call(
      "(error|warning|report|misread)\\((\\s*[a-z_>.-]+[^\"]{0,60},)?\\s*\"([a-z0-9]+(-[a-z0-9]+)*)\",");
  for (std::sregex_iterator it(raised.begin(), raised.end(), call), end; it != end; ++it)
    EXPECT_TRUE(explained.count((*it)[3])) << (*it)[3];
}

}  // namespace
}  // namespace nines
