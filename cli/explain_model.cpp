#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/read_expression.hpp"

namespace nines::cli {

std::string explain_model(const Model& model, const std::string& wanted) {
  const auto name = [&](ComponentId id) { return model.components[id].name; };
  std::string text;
  if (wanted.empty()) {
    text += fmt::format("{}, design {}\n\n", model.name, model.design);
    text += fmt::format("The system is up while {}.\n", expression_text(model.system, name));
    if (model.target_availability)
      text += fmt::format("Its target is an availability of {}: {} minutes of downtime a year.\n",
                          share(*model.target_availability), significant((1 - *model.target_availability) * 525600));
    if (model.target_downtime)
      text +=
          fmt::format("{} is {}; `nines simulate` says how likely it is kept.\n",
                      model.target_availability ? "Another target" : "Its target", to_string(*model.target_downtime));
    text += explain_demand(model);
    text += "\n";
  }
  const auto add = [&](const std::string& called, const auto& words) {
    if (wanted.empty() || called == wanted) text += words() + (wanted.empty() ? "\n" : "");
  };
  for (ComponentId id = 0; id < model.components.size(); ++id) {
    const Component& component = model.components[id];
    if (component.hold != Hold::none) continue;
    if (component.inside && component.name == wanted) text += explain_component(model, id, false);
    if (speaks(model, id)) add(local_name(component.name), [&] { return explain_component(model, id, true); });
  }
  for (const NamedWords& cause : explain_causes(model)) add(cause.name, [&] { return cause.words; });
  for (CrewId id = 0; id < model.crews.size(); ++id) add(model.crews[id].name, [&] { return explain_crew(model, id); });
  for (SpareId id = 0; id < model.spares.size(); ++id)
    add(model.spares[id].name, [&] { return explain_spare(model, id); });
  if (wanted.empty()) text += explain_assumptions(model);
  return text;
}

std::vector<std::string> explained_names(const Model& model) {
  std::vector<std::string> names;
  for (const Component& c : model.components) {
    if (c.hold != Hold::none) continue;
    names.push_back(c.name);
    if (c.inside) names.push_back(local_name(c.name));
  }
  for (const NamedWords& cause : explain_causes(model)) names.push_back(cause.name);
  for (const Crew& crew : model.crews) names.push_back(crew.name);
  for (const Spare& spare : model.spares) names.push_back(spare.name);
  return names;
}

}  // namespace nines::cli
