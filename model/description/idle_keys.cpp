#include "model/description/idle_keys.hpp"

#include <fmt/format.h>

namespace nines {

void IdleKeys::warn(Reader& reader) const {
  for (const auto& [place, seen] : seen_)
    if (!seen.why)
      reader.note_use(place);
    else
      reader.warning(place, "unused", fmt::format("this `{}` has no effect", seen.key), seen.why);
}

}  // namespace nines
