#include "cli/explain.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/codes.hpp"
#include "cli/commands.hpp"
#include "model/description/keys.hpp"
#include "model/text/nearest.hpp"

namespace nines::cli {
namespace {

std::string explain_code(const CodeEntry& entry) {
  const char* kind = entry.exit_code == 0 ? "warning" : "error";
  return fmt::format("{}[{}]: {}{}\n\n{}\n", kind, entry.code, entry.title,
                     entry.exit_code == 0 ? "" : fmt::format(" (exit code {})", entry.exit_code), entry.text);
}

std::string explain_key(const Key& key) {
  std::string owners;
  for (const Owner owner : {kModelOwner, kParameterOwner, kTypeOwner, kComponentOwner, kInfrastructureOwner, kModeOwner,
                            kStepOwner, kCrewOwner, kSpareOwner, kCauseOwner, kChangesOwner, kMaintenanceOwner,
                            kHeartbeatOwner, kNetworkOwner, kTargetOwner, kDowntimeOwner, kDesignOwner})
    if ((key.owners & owner) != 0) owners += (owners.empty() ? "" : ", ") + std::string(owner_in_words(owner));
  std::string text =
      fmt::format("{}  (of {})\n  {}\n  takes: {}", key.name, owners, key.sentence, kind_in_words(key.kind));
  if (key.kind == ValueKind::word) {
    text += ": ";
    const auto words = words_of(key);
    for (std::size_t i = 0; i < words.size(); ++i) text += (i ? ", " : "") + words[i];
  }
  if (*key.otherwise) text += fmt::format("\n  default: {}", key.otherwise);
  if (key.known_by == kByPrimaryStandby) text += "\n  only with `redundancy: primary-standby`";
  if (key.known_by == kByCluster) text += "\n  only with `redundancy: cluster`";
  if (key.known_by == (kByCluster | kByPrimaryStandby))
    text += "\n  with `redundancy: primary-standby` and `redundancy: cluster`";
  if (key.later) text += "\n  not supported yet";
  return text + "\n";
}

int explain_word(Session& session, const std::string& word) {
  std::string text;
  if (const CodeEntry* code = find_code(word)) text = explain_code(*code);
  for (const Key& key : key_table())
    if (word == key.name) text += (text.empty() ? "" : "\n") + explain_key(key);
  if (!text.empty()) return session.deliver(text, kDone);
  std::vector<std::string> known;
  for (const CodeEntry& entry : code_table()) known.emplace_back(entry.code);
  for (const Key& key : key_table()) known.emplace_back(key.name);
  const std::string suggestion = text::did_you_mean(word, known);
  session.complain(fmt::format("`{}` is no error code, no key and no file", word),
                   suggestion.empty() ? "`nines explain MODEL` says what a model means" : suggestion);
  return kWrongInput;
}

}  // namespace

int run_explain(Session& session) {
  const auto& words = session.options().words;
  if (words.empty() || words.size() > 2) {
    session.complain("explain what?",
                     "an error code, a key, or a model: `nines explain k-of-n`, `nines explain coverage`, `nines "
                     "explain shop.yaml db`");
    return kWrongInput;
  }
  std::error_code failed;
  const bool file = words[0] == "-" || std::filesystem::exists(words[0], failed) || words[0].ends_with(".yaml") ||
                    words[0].ends_with(".yml");
  if (!file && words.size() == 1) return explain_word(session, words[0]);
  Options options = session.options();
  options.models = {words[0]};
  Session reading(options);
  const auto cases = reading.read_cases();
  if (!cases) return kWrongInput;
  std::string text;
  for (const Case& one : cases->list) {
    if (words.size() == 2) {
      const std::vector<std::string> names = explained_names(one.model);
      if (std::find(names.begin(), names.end(), words[1]) == names.end()) {
        const std::string suggestion = text::did_you_mean(words[1], names);
        if (cases->list.size() > 1 && suggestion.empty()) continue;
        session.complain(fmt::format("nothing in design `{}` is called `{}`", one.model.design, words[1]),
                         suggestion.empty()
                             ? "components, infrastructure, networks, common causes, crews and spares have names"
                             : suggestion);
        return kWrongInput;
      }
    }
    if (!text.empty()) text += "\n";
    if (words.size() == 2 && cases->list.size() > 1) text += fmt::format("In design {}, ", one.model.design);
    text += explain_model(one.model, words.size() == 2 ? words[1] : "");
  }
  return session.deliver(text, kDone);
}

}  // namespace nines::cli
