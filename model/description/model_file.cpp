#include "model/description/model_file.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "model/description/names.hpp"
#include "model/description/override.hpp"
#include "model/description/read_model.hpp"
#include "model/text/nearest.hpp"
#include "model/text/read.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Expected;
using text::Node;
using text::Place;
using text::Problem;
using text::Problems;
using text::Severity;

bool has_error(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& p) { return p.severity == Severity::error; });
}

// In order of place, each once: designs share most of their text.
void sort_and_unite(Problems& problems) {
  const auto key = [](const Problem& p) { return std::tie(p.place, p.code, p.message); };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  problems.erase(std::unique(problems.begin(), problems.end(),
                             [&](const Problem& a, const Problem& b) { return key(a) == key(b); }),
                 problems.end());
}

void check_version(Reader& reader, const Node& document) {
  const Entry* version = document.find("nines");
  if (!version) {
    reader.error({document.place.source, 0, 0}, "missing-key", "the file does not say its format version", "",
                 "begin it with `nines: 1`");
    return;
  }
  if (!version->value.is_scalar() || version->value.scalar != "1")
    reader.error(version->value.place, "version", "this is not a format version that this program reads", "not 1",
                 "write `nines: 1`");
}

void find_designs(Reader& reader, ModelFile& file) {
  file.designs.emplace_back("base");
  const Entry* own = file.document.find("design");
  if (own)
    if (const auto name = reader.scalar(own->value, "a name"); name && check_name(reader, *name, own->value.place))
      file.designs[0] = *name;
  const Entry* designs = file.document.find("designs");
  if (!designs || !reader.expect_mapping(designs->value, "`designs`")) return;
  for (const Entry& design : designs->value.entries) {
    if (!check_name(reader, design.key, design.key_place)) continue;
    if (design.key == file.designs.front())
      reader.error(design.key_place, "same-name",
                   fmt::format("`{}` is what the model as it stands is called", design.key), "already a design",
                   "give it another name, or give the model another with `design:`");
    else
      file.designs.push_back(design.key);
  }
}

// Applies one override to every design; says so where only some have the path.
void apply_to_all(Reader& reader, const text::Sources& sources, const Override& change,
                  const std::vector<std::string>& designs, std::vector<Node>& trees, Problems& problems) {
  auto value = text::read_value(sources, change.value_place);
  if (!value) {
    problems.insert(problems.end(), value.error().begin(), value.error().end());
    return;
  }
  std::vector<Applied> outcomes;
  for (Node& tree : trees) outcomes.push_back(apply_override(reader, tree, change.path, change.path_place, *value));
  const bool some = std::any_of(outcomes.begin(), outcomes.end(), [](const Applied& a) { return a.done; });
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].done) continue;
    Problem& problem = outcomes[i].problem;
    if (some) {
      problem.severity = Severity::warning;
      problem.message = fmt::format("design `{}` stays as it is: {}", designs[i], problem.message);
      problem.helps.clear();
    }
    problems.push_back(std::move(problem));
    if (!some) return;  // the same mistake in every design, in whichever words
  }
}

}  // namespace

Expected<ModelFile> load_model_file(text::Sources& sources, const std::string& path) {
  auto source = text::read_source(sources, path);
  if (!source) return tl::unexpected(std::move(source.error()));
  auto document = text::read_yaml(sources, *source);
  if (!document) {
    sort_and_unite(document.error());
    return tl::unexpected(std::move(document.error()));
  }
  ModelFile file;
  file.path = path;
  file.source = *source;
  file.document = std::move(*document);
  // A model from standard input has no folder: its files are looked for where the program was started.
  const std::string folder = path == "-" ? "" : std::filesystem::path(path).parent_path().string();
  file.chain_files = std::make_shared<ChainFiles>(sources, folder);
  Problems problems;
  Reader reader(sources, problems);
  if (reader.expect_mapping(file.document, "a model")) {
    check_version(reader, file.document);
    find_designs(reader, file);
  }
  // What is wrong with the head of the file must not hide the rest.
  if (has_error(problems) && file.document.is_mapping() && !file.designs.empty()) {
    Node tree = tree_of_design(reader, file, file.designs[0]);
    (void)read_model(reader, std::move(tree), file.designs[0], "", *file.chain_files);
  }
  if (has_error(problems)) {
    sort_and_unite(problems);
    return tl::unexpected(std::move(problems));
  }
  return file;
}

Expected<Override> parse_override(text::Sources& sources, std::string_view option_name, std::string_view option_text) {
  const auto source = sources.add(std::string(option_name), std::string(option_text));
  const std::size_t equals = option_text.find('=');
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(i); };
  Override change;
  if (equals == std::string_view::npos || equals == 0) {
    Problem problem;
    problem.code = "option";
    problem.message = fmt::format("`{}` takes PATH=VALUE", option_name);
    problem.place = {source, 0, at(option_text.size())};
    problem.label = equals == 0 ? "no path" : "no `=`";
    problem.helps.push_back(fmt::format("write `{} db.mttr=2h`", option_name));
    return tl::unexpected(Problems{std::move(problem)});
  }
  change.path = std::string(option_text.substr(0, equals));
  change.path_place = {source, 0, at(equals)};
  change.value_place = {source, at(equals + 1), at(option_text.size())};
  return change;
}

Expected<std::vector<Reading>> read_designs(text::Sources& sources, const ModelFile& file,
                                            std::span<const std::string> wanted, std::span<const Override> overrides) {
  Problems problems;
  Reader reader(sources, problems);
  std::vector<std::string> designs(wanted.begin(), wanted.end());
  if (designs.empty()) designs = file.designs;
  std::vector<Node> trees;
  for (const std::string& design : designs) trees.push_back(tree_of_design(reader, file, design));
  for (const Override& change : overrides) apply_to_all(reader, sources, change, designs, trees, problems);

  const std::string file_name = file.path == "-" ? "model" : std::filesystem::path(file.path).stem().string();
  std::vector<Reading> readings;
  std::set<Place> used;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    Problems own;
    Reader design_reader(sources, own);
    Model model = read_model(design_reader, std::move(trees[i]), designs[i], file_name, *file.chain_files);
    problems.insert(problems.end(), own.begin(), own.end());
    used.insert(design_reader.used().begin(), design_reader.used().end());
    sort_and_unite(own);
    readings.push_back({std::move(model), std::move(own)});
  }
  // Unused is what none of the designs uses.
  std::erase_if(problems, [&](const Problem& p) { return p.code == "unused" && used.count(p.place) > 0; });
  sort_and_unite(problems);
  if (has_error(problems)) return tl::unexpected(std::move(problems));
  // What belongs to no single design stands with the first.
  if (!readings.empty()) readings[0].warnings = std::move(problems);
  for (std::size_t i = 1; i < readings.size(); ++i) readings[i].warnings.clear();
  return readings;
}

}  // namespace nines
