// The `spares:` section, and the part that a failure mode takes from it.
#pragma once

#include <string>
#include <vector>

#include "model/description/idle_keys.hpp"
#include "model/description/model.hpp"
#include "model/description/reader.hpp"

namespace nines {

class SpareTable {
 public:
  // Reads `spares:` of a model. Problems are reported; a spare that has some is known by its name all the same.
  void read(Reader& reader, const text::Node& tree);

  // What a mode takes of the `spare:` that reaches it; null: none does. Its life and its restoration are known. False
  // when a problem was reported.
  bool assign(Reader& reader, FailureMode& mode, const text::Entry* spare);
  // A `spare:` beside `failures`, which each of the modes may override. Null is nothing.
  void offer(const text::Entry* entry) { idle_.offer(entry); }

  // Warns of spares that nothing names, and of keys that reach no restoration.
  void warn_of_unused(Reader& reader) const;

  [[nodiscard]] const std::vector<Spare>& spares() const { return spares_; }

 private:
  SpareId resolve(Reader& reader, const text::Node& name);

  std::vector<Spare> spares_;
  std::vector<text::Place> places_;  // of their names
  std::vector<char> named_;
  bool complete_ = true;  // false: names may be missing for a reason that has been reported
  IdleKeys idle_;
};

}  // namespace nines
