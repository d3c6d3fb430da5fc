#include <algorithm>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

constexpr std::uint32_t kMostTold = 30;  // states of a chain whose transitions are told one by one

std::string list_of(const DrawnChain& chain, bool up) {
  std::string names;
  std::size_t told = 0, count = 0;
  for (std::uint32_t s = 0; s < chain.size(); ++s) {
    if ((chain.up[s] != 0) != up) continue;
    if (++count <= kMostTold && ++told) names += (told > 1 ? ", " : "") + chain.name_of(s);
  }
  if (count > told) names += fmt::format(" and {} more", count - told);
  return names;
}

}  // namespace

std::string explain_chain(const std::string& name, const DrawnChain& chain) {
  std::string text =
      fmt::format("{}: a Markov chain, infrastructure, of {} states and {} transitions{}\n", name, chain.size(),
                  chain.target.size(), chain.states.empty() ? ", read from a file" : ", drawn by hand");
  const std::string down = list_of(chain, false);
  text += fmt::format("  - It starts in {} and is up in {}; {}.\n", chain.name_of(chain.start), list_of(chain, true),
                      down.empty() ? "it is never down" : "down in " + down);
  if (chain.size() > kMostTold) return text;
  for (std::uint32_t s = 0; s < chain.size(); ++s) {
    const auto targets = chain.targets(s);
    const auto rates = chain.rates(s);
    const double out = chain.out_rate(s);
    if (targets.empty()) {
      text += fmt::format("  - It stays in {} for ever.\n", chain.name_of(s));
      continue;
    }
    text += fmt::format("  - From {}, after {} on average, it goes to ", chain.name_of(s), span(1 / out));
    for (std::size_t i = 0; i < targets.size(); ++i)
      text += fmt::format("{}{}{}", i ? (i + 1 < targets.size() ? ", " : " or ") : "", chain.name_of(targets[i]),
                          targets.size() > 1 ? fmt::format(" ({} %)", significant(100 * rates[i] / out)) : "");
    text += ".\n";
  }
  return text;
}

}  // namespace nines::cli
