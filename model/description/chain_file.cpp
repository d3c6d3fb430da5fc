#include "model/description/chain_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "model/description/explicit_format.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;
using text::Node;
using text::Problem;

// Why a file can't be read; empty: it seems that it can.
std::string obstacle(const fs::path& path) {
  constexpr std::uintmax_t kMost = (std::uintmax_t{1} << 32U) - 2;  // places are offsets of 32 bits
  std::error_code failed;
  if (!fs::exists(path, failed)) return fmt::format("there is no file `{}`", path.string());
  if (!fs::is_regular_file(path, failed)) return fmt::format("`{}` is not a file", path.string());
  const std::uintmax_t size = fs::file_size(path, failed);
  if (size > kMost) return fmt::format("`{}` is larger than {} MB", path.string(), kMost >> 20U);
  return size > 0 ? "" : fmt::format("there is nothing in `{}`", path.string());
}

// The text of a file, or why there is none.
tl::expected<std::string, std::string> text_of(const fs::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::string text;
  if (file) {
    std::error_code failed;
    text.resize(fs::file_size(path, failed));
    text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  }
  if (!file || std::ferror(file.get()))
    return tl::unexpected(fmt::format("cannot read `{}`: {}", path.string(), std::strerror(errno)));
  return text;
}

std::string nearest_file(const fs::path& path, const fs::path& folder) {
  std::error_code failed;
  std::vector<std::string> names;
  const fs::path beside = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(beside, failed), end; !failed && it != end && names.size() < 1000;
       it.increment(failed))
    if (it->path().extension() == path.extension())
      names.push_back((path.parent_path() / it->path().filename()).lexically_relative(folder).string());
  std::sort(names.begin(), names.end());
  return text::did_you_mean(path.lexically_relative(folder).string(), names);
}

Problem problem_in(text::Sources& sources, const fs::path& path, std::string text, explicit_format::Malformed wrong) {
  Problem problem;
  problem.code = "chain-file";
  problem.message = std::move(wrong.message);
  problem.place = {sources.add(path.string(), std::move(text)), static_cast<std::uint32_t>(wrong.begin),
                   static_cast<std::uint32_t>(wrong.end)};
  problem.label = std::move(wrong.label);
  if (!wrong.help.empty()) problem.helps.push_back(std::move(wrong.help));
  return problem;
}

}  // namespace

ChainFiles::Outcome ChainFiles::load(const std::string& name, const std::string& label) {
  Outcome outcome;
  const fs::path path = fs::path(folder_) / name;
  fs::path beside = path;
  beside.replace_extension(".lab");
  for (const fs::path& wanted : {path, beside}) {
    outcome.missing = obstacle(wanted);
    if (outcome.missing.empty()) continue;
    outcome.help = wanted == path ? nearest_file(path, folder_) : "it says which states are up, by a label";
    return outcome;
  }
  auto transitions_text = text_of(path);
  auto labels_text = text_of(beside);
  for (const auto* text : {&transitions_text, &labels_text})
    if (!*text) {
      outcome.missing = text->error();
      return outcome;
    }
  auto transitions = explicit_format::parse_transitions(*transitions_text);
  if (!transitions) {
    outcome.problems.push_back(
        problem_in(sources_, path, std::move(*transitions_text), std::move(transitions.error())));
    return outcome;
  }
  transitions_text->clear();
  transitions_text->shrink_to_fit();
  auto labels = explicit_format::parse_labels(*labels_text, label, transitions->states);
  if (!labels) {
    outcome.problems.push_back(problem_in(sources_, beside, std::move(*labels_text), std::move(labels.error())));
    return outcome;
  }
  outcome.labels = std::move(labels->names);
  outcome.labelled = labels->known;
  if (!labels->known) return outcome;
  outcome.never_up = std::find(labels->up.begin(), labels->up.end(), 1) == labels->up.end();
  DrawnChain chain;
  chain.up = std::move(labels->up);
  chain.start = labels->start;
  set_transitions(chain, std::move(transitions->from), std::move(transitions->to), std::move(transitions->rate));
  outcome.chain = std::make_shared<const DrawnChain>(std::move(chain));
  return outcome;
}

std::shared_ptr<const DrawnChain> ChainFiles::read(Reader& reader, const Node& file, const std::string& label,
                                                   const Node* label_at) {
  const auto [found, fresh] = known_.try_emplace({file.scalar, label});
  Outcome& outcome = found->second;
  if (fresh) outcome = load(file.scalar, label);
  if (!outcome.missing.empty()) {
    reader.error(file.place, "chain-file", outcome.missing, "can't be read", outcome.help)
        .notes.emplace_back("names of files are relative to the folder of the model");
    return nullptr;
  }
  for (const Problem& problem : outcome.problems) reader.error(problem.place, "", "") = problem;
  if (!outcome.problems.empty()) return nullptr;
  const text::Place place = label_at ? label_at->place : file.place;
  if (!outcome.labelled) {
    std::string names, suggestion = label_at ? text::did_you_mean(label, outcome.labels) : "";
    for (const std::string& name : outcome.labels) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
    if (suggestion.empty() && !label_at) suggestion = "name the label of up states with `up:`";
    reader
        .error(place, "chain-file", fmt::format("no label of `{}` is `{}`", file.scalar, label), "no such label",
               suggestion)
        .notes.push_back(names.empty() ? "it has no labels" : "its labels are " + names);
    return nullptr;
  }
  if (outcome.never_up) {
    reader.error(place, "never-up", fmt::format("no state of `{}` has the label `{}`", file.scalar, label), "never up",
                 "the chain could never be up");
    return nullptr;
  }
  return outcome.chain;
}

}  // namespace nines
