// Keys that reach nothing where they stand, such as the `crew:` of a unit that is never repaired. One that several
// units take from a type is idle only when it is so for all of them.
#pragma once

#include <map>
#include <string>

#include "model/description/reader.hpp"

namespace nines {

class IdleKeys {
 public:
  // `why` it has no effect on one that takes it; null: it has. A null entry is nothing.
  void note(const text::Entry* entry, const char* why) {
    if (!entry) return;
    const auto [found, fresh] = seen_.try_emplace(entry->key_place, Seen{entry->key, why});
    if (!fresh && found->second.why) found->second.why = why;
  }
  // Beside `failures`, where each of the modes may override it.
  void offer(const text::Entry* entry) { note(entry, "each failure mode has its own"); }

  void warn(Reader& reader) const;

 private:
  struct Seen {
    std::string key;
    const char* why;
  };
  std::map<text::Place, Seen> seen_;
};

}  // namespace nines
