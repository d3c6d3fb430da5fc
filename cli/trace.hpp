// `--trace` and `--story`: one history played once more and told event by event.
#pragma once

#include <string>

#include "cli/render/document.hpp"
#include "cli/session.hpp"

namespace nines::cli {

// Whether `--trace` and `--story` can be done for these cases. False: what is wrong has been said.
[[nodiscard]] bool can_trace(Session& session, const Cases& cases);
// Writes the first history of the case to the file of `--trace`. False: what is wrong has been said.
[[nodiscard]] bool write_trace(Session& session, const Case& one);
// The worst outage of a simulated answer in words; nothing when none was seen.
void add_story(Session& session, const Case& one, const Answer& answer, Document& document);

}  // namespace nines::cli
