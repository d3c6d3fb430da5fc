// The `crews:` section, and the crew and priority that a failure mode takes from it.
#pragma once

#include <string>
#include <vector>

#include "model/description/idle_keys.hpp"
#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

class CrewTable {
 public:
  // Reads `crews:` of a model. Problems are reported; a crew that has some is known by its name all the same.
  void read(Reader& reader, const text::Node& tree);

  // What a mode takes of the `crew:` and `priority:` that reach it; null: none does. Its life and its restoration are
  // known. False when a problem was reported.
  bool assign(Reader& reader, FailureMode& mode, const text::Entry* crew, const text::Entry* priority);
  // A `crew:` or `priority:` beside `failures`, which each of the modes may override. Null is nothing.
  void offer(const text::Entry* entry);

  // Warns of crews that nothing names, and of keys that reach no restoration.
  void warn_of_unused(Reader& reader) const;

  [[nodiscard]] const std::vector<Crew>& crews() const { return crews_; }

 private:
  [[nodiscard]] CrewId find(const std::string& name) const;
  CrewId resolve(Reader& reader, const text::Node& name);

  std::vector<Crew> crews_;
  std::vector<text::Place> places_;  // of their names
  std::vector<char> named_;
  bool complete_ = true;  // false: names may be missing for a reason that has been reported
  IdleKeys idle_;         // of `crew:` and `priority:`
};

}  // namespace nines
