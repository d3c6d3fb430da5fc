// The model for other programs.
#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/render/problems.hpp"
#include "model/description/keys.hpp"
#include "model/description/quantity.hpp"
#include "model/description/read_expression.hpp"
#include "model/text/nearest.hpp"

namespace nines::cli {
namespace {

// PRISM's explicit files (prismmodelchecker.org/manual/Appendices/ExplicitModelFiles).
std::string tra_text(const markov::Chain& chain) {
  std::string text = fmt::format("{} {}\n", chain.size(), chain.transitions());
  for (markov::StateIndex s = 0; s < chain.size(); ++s) {
    std::vector<std::pair<markov::StateIndex, double>> row;
    for (auto t = chain.row_begin[s]; t < chain.row_begin[s + 1]; ++t) row.emplace_back(chain.target[t], chain.rate[t]);
    std::sort(row.begin(), row.end());
    for (const auto& [target, rate] : row) text += fmt::format("{} {} {}\n", s, target, number_text(rate));
  }
  return text;
}

std::string sta_text(const markov::LabelledChain& labelled) {
  std::string text = "(";
  for (std::size_t i = 0; i < labelled.variables.size(); ++i) {
    std::string name = labelled.variables[i];
    std::replace(name.begin(), name.end(), '-', '_');  // PRISM's names have no dashes
    text += (i ? "," : "") + name;
  }
  text += ")\n";
  for (std::size_t s = 0; s < labelled.values.size(); ++s) {
    text += fmt::format("{}:(", s);
    for (std::size_t i = 0; i < labelled.values[s].size(); ++i)
      text += fmt::format("{}{}", i ? "," : "", labelled.values[s][i]);
    text += ")\n";
  }
  return text;
}

std::string lab_text(const markov::LabelledChain& labelled) {
  std::string text = "0=\"init\" 1=\"deadlock\" 2=\"up\" 3=\"down\"\n";
  for (std::size_t s = 0; s < labelled.up.size(); ++s) {
    std::string labels = s == labelled.chain.start ? " 0" : "";
    if (labelled.chain.row_begin[s] == labelled.chain.row_begin[s + 1]) labels += " 1";
    labels += labelled.up[s] ? " 2" : " 3";
    text += fmt::format("{}:{}\n", s, labels);
  }
  return text;
}

int export_prism(Session& session, const Case& one) {
  const std::string& base = session.options().output;
  if (base.empty()) {
    session.complain("`--to prism` writes three files", "name them with `-o BASE`: BASE.tra, BASE.sta, BASE.lab");
    return kWrongInput;
  }
  const std::string& module = session.options().module;
  if (!module.empty()) {
    std::vector<std::string> names;
    for (const auto& info : markov::modules(one.model))
      names.insert(names.end(), info.members.begin(), info.members.end());
    if (std::find(names.begin(), names.end(), module) == names.end()) {
      const std::string suggestion = text::did_you_mean(module, names);
      session.complain(fmt::format("no module holds `{}`", module),
                       suggestion.empty() ? "name a component or infrastructure entry that takes part" : suggestion);
      return kWrongInput;
    }
  }
  markov::SolveOptions options;
  options.max_states = session.options().max_states;
  const auto labelled = markov::joint_chain(one.model, module, options);
  if (!labelled) {
    session.say_refusal(labelled.error(), one);
    return kCouldNot;
  }
  const std::pair<const char*, std::string> files[] = {
      {".tra", tra_text(labelled->chain)}, {".sta", sta_text(*labelled)}, {".lab", lab_text(*labelled)}};
  for (const auto& [ending, text] : files)
    if (const std::string problem = write_output(base + ending, text); !problem.empty()) {
      session.say_refusal({"output", problem, {}, {}}, one);
      return kCouldNot;
    }
  session.note(fmt::format("{} states, {} transitions: {}.tra, .sta, .lab", labelled->chain.size(),
                           labelled->chain.transitions(), base));
  return kDone;
}

std::string dot_text(const Model& model) {
  std::string text = "digraph nines {\n  rankdir=BT;\n  node [fontname=\"sans-serif\"];\n";
  const auto name = [&](ComponentId id) { return model.components[id].name; };
  const auto modules = markov::modules(model);
  for (std::size_t m = 0; m < modules.size(); ++m) {
    text += fmt::format("  subgraph cluster_{} {{\n    label=\"module {}\"; style=rounded; color=gray;\n", m,
                        modules[m].name);
    for (const std::string& member : modules[m].members) {
      const auto found = std::find_if(model.components.begin(), model.components.end(),
                                      [&](const Component& c) { return c.name == member; });
      const char* kind = std::holds_alternative<Cluster>(found->redundancy)          ? "cluster"
                         : std::holds_alternative<PrimaryStandby>(found->redundancy) ? "primary-standby"
                         : std::holds_alternative<Network>(found->redundancy)        ? "network"
                         : found->nodes.size() > 1                                   ? "all needed"
                                                                                     : "single";
      text += fmt::format("    \"{}\" [shape={}, label=\"{}\\n{}, {} node{}\"];\n", member,
                          found->infrastructure ? "box" : "ellipse", member, kind, found->nodes.size(),
                          found->nodes.size() == 1 ? "" : "s");
    }
    text += "  }\n";
  }
  text += fmt::format("  system [shape=plaintext, label=\"system:\\n{}\"];\n", expression_text(model.system, name));
  for (const ComponentId id : model.named) text += fmt::format("  \"{}\" -> system;\n", name(id));
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    if (!model.used[id]) continue;
    std::vector<ComponentId> places = model.components[id].placement;
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const ComponentId place : places)
      text += fmt::format("  \"{}\" -> \"{}\" [style=dashed, label=\"placement\"];\n", name(place), name(id));
    for (const auto& term : model.components[id].needs.terms)
      if (term.op == Expression::Op::name)
        text += fmt::format("  \"{}\" -> \"{}\" [label=\"needs\"];\n", name(term.name), name(id));
  }
  return text + "}\n";
}

}  // namespace

int run_export(Session& session) {
  const Options& options = session.options();
  const std::vector<std::string> formats = {"schema", "dot", "prism", "reference"};
  if (std::find(formats.begin(), formats.end(), options.to) == formats.end()) {
    const std::string suggestion = text::did_you_mean(options.to, formats);
    session.complain(options.to.empty() ? "export to what?" : fmt::format("`--to {}` is not known", options.to),
                     suggestion.empty() ? "write `--to schema`, `--to dot` or `--to prism`" : suggestion);
    return kWrongInput;
  }
  if (options.to == "schema") return session.deliver(json_schema() + "\n", kDone);
  if (options.to == "reference") return session.deliver(model_reference(), kDone);
  if (options.models.size() != 1) {
    session.complain(fmt::format("`--to {}` takes one model", options.to));
    return kWrongInput;
  }
  const auto cases = session.read_cases();
  if (!cases) return kWrongInput;
  // Of several designs the first: the model as it stands.
  const Case& one = cases->list.front();
  if (cases->list.size() > 1)
    session.note(fmt::format("note: this is design `{}`; choose another with `--design`", one.model.design));
  return options.to == "dot" ? session.deliver(dot_text(one.model), kDone) : export_prism(session, one);
}

}  // namespace nines::cli
