// The nearest of the names that would have been right: one helper for every suggestion.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nines::text {

// The candidate with the least edit distance (swaps of neighbours count one), if it is near enough to be meant.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// `did you mean \`db\`?`, or empty when nothing is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace nines::text
