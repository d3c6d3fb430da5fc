#include "cli/explain_words.hpp"

#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {

std::string duration_words(double hours) {
  constexpr std::size_t kShort = 10;
  const std::string exact = duration_text(hours);
  return exact.size() <= kShort ? exact : span(hours);
}

std::string time_words(const Law& law) {
  if (law.is_never()) return "never";
  return law.is_exponential() ? duration_words(law.mean_h) + " on average" : to_string(law);
}

std::string quoted(const std::string& name) {
  return "`" + name + "`";
}

std::string local_name(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

bool speaks(const Model& model, ComponentId id) {
  const Component& component = model.components[id];
  if (!component.inside || id == 0) return true;
  // Copies of one entry follow each other.
  const Component& before = model.components[id - 1];
  return !before.inside || before.written != component.written;
}

std::string held_by(const Component& hold) {
  return hold.name.substr(0, hold.name.rfind(':'));
}

}  // namespace nines::cli
