// Laws as they are written, each brought to its canonical parameters.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include <fmt/format.h>

#include "model/description/reader.hpp"
#include "model/text/nearest.hpp"

namespace nines {
namespace {

using text::Entry;
using text::Node;

const std::vector<std::string>& law_names() {
  static const std::vector<std::string> names = {"fixed",  "weibull", "lognormal",  "gamma",
                                                 "erlang", "uniform", "triangular", "empirical"};
  return names;
}

// The standard normal quantile of 95 %.
constexpr double kQuantile95 = 1.6448536269514722;

}  // namespace

std::optional<Law> Reader::law(const Node& node, bool never_allowed) {
  if (node.is_scalar()) {
    if (never_allowed && node.scalar == "never") return Law::never();
    const auto mean = positive_duration(node);
    if (!mean) return std::nullopt;
    return Law::exponential(*mean);
  }
  if (!node.is_mapping()) {
    scalar(node, kind_in_words(ValueKind::law));
    return std::nullopt;
  }
  const Entry* heartbeat = node.find("heartbeat");
  if (heartbeat) {
    error(heartbeat->key_place, "not-supported-yet", "detection by heartbeats is not supported yet",
          "not supported yet", "write the mean detection time for now");
    return std::nullopt;
  }
  if (node.entries.size() != 1) {
    error(node.place, "law", "a law has one name", node.entries.empty() ? "empty" : "more than one key",
          "write one law, such as `{weibull: {shape: 1.5, mean: 90 days}}`");
    return std::nullopt;
  }
  return written_out(node.entries[0]);
}

bool Reader::optional_law(const Node& node, std::optional<Law>& out) {
  if (node.is_scalar()) {
    if (node.scalar == "none") return true;
    const auto mean = duration(node);
    if (mean && *mean > 0) out = Law::exponential(*mean);
    return mean.has_value();
  }
  if (node.is_mapping() && node.entries.size() == 1 && node.entries[0].key == "fixed") {
    const auto value = duration(node.entries[0].value);
    if (value && *value > 0) out = Law{Law::Kind::fixed, {*value}, *value};
    return value.has_value();
  }
  out = law(node);
  return out.has_value();
}

std::optional<Law> Reader::written_out(const Entry& entry) {
  const Node& body = entry.value;
  if (entry.key == "fixed") {
    const auto value = positive_duration(body);
    if (!value) return std::nullopt;
    return Law{Law::Kind::fixed, {*value}, *value};
  }
  if (entry.key == "uniform" || entry.key == "triangular" || entry.key == "empirical") {
    const std::size_t wanted = entry.key == "uniform" ? 2 : entry.key == "triangular" ? 3 : 0;
    if (!body.is_sequence() || body.items.empty() || (wanted > 0 && body.items.size() != wanted)) {
      const char* form = wanted == 2   ? "{uniform: [1 h, 4 h]}: the least and the most"
                         : wanted == 3 ? "{triangular: [1 h, 2 h, 6 h]}: the least, the likeliest and the most"
                                       : "{empirical: [12 min, 40 min, 3 h]}";
      error(body.place, "law", fmt::format("`{}` takes a list of times", entry.key), "not that",
            fmt::format("write `{}`", form));
      return std::nullopt;
    }
    std::vector<double> values;
    for (const Node& item : body.items) {
      const auto value = duration(item);
      if (!value) return std::nullopt;
      values.push_back(*value);
    }
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    const bool ordered =
        entry.key == "empirical" || (std::is_sorted(values.begin(), values.end()) && values.front() < values.back());
    if (!ordered || mean <= 0) {
      error(body.place, "law",
            ordered ? "these times are all 0" : fmt::format("the times of `{}` must ascend", entry.key),
            ordered ? "nothing but 0" : "not in ascending order");
      return std::nullopt;
    }
    const auto kind = wanted == 2 ? Law::Kind::uniform : wanted == 3 ? Law::Kind::triangular : Law::Kind::empirical;
    return Law{kind, std::move(values), mean};
  }
  if (std::find(law_names().begin(), law_names().end(), entry.key) != law_names().end())
    return two_parameters(entry.key, body);
  text::Problem& problem = error(entry.key_place, "law", fmt::format("there is no law `{}`", entry.key), "unknown law",
                                 text::did_you_mean(entry.key, law_names()));
  problem.helps.push_back(
      "laws are fixed, weibull, lognormal, gamma, erlang, uniform, triangular, empirical; a plain time is the mean of "
      "an exponential");
  return std::nullopt;
}

std::optional<Law> Reader::two_parameters(const std::string& name, const Node& body) {
  const auto form = [&] {
    if (name == "weibull") return "{weibull: {shape: 1.5, mean: 90 days}}` or `{weibull: {shape: 1.5, scale: 90 days}}";
    if (name == "lognormal") return "{lognormal: {mean: 4 h, cv: 1.2}}` or `{lognormal: {median: 3 h, p95: 12 h}}";
    return name == "erlang" ? "{erlang: {stages: 3, mean: 4 h}}" : "{gamma: {shape: 2, mean: 4 h}}";
  };
  const auto wrong = [&](text::Place place, const std::string& message) {
    error(place, "law", message, "not that", fmt::format("write `{}`", form()));
    return std::nullopt;
  };
  const std::vector<std::string> known = name == "weibull"     ? std::vector<std::string>{"shape", "mean", "scale"}
                                         : name == "lognormal" ? std::vector<std::string>{"mean", "cv", "median", "p95"}
                                         : name == "erlang"    ? std::vector<std::string>{"stages", "mean"}
                                                               : std::vector<std::string>{"shape", "mean"};
  for (const Entry& entry : body.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    auto& problem = error(entry.key_place, "law", fmt::format("`{}` has no parameter `{}`", name, entry.key),
                          "unknown parameter", text::did_you_mean(entry.key, known));
    problem.helps.push_back(fmt::format("write `{}`", form()));
    return std::nullopt;
  }
  if (!body.is_mapping() || body.entries.size() != 2)
    return wrong(body.place, fmt::format("`{}` takes two parameters", name));
  const auto has = [&](const char* a, const char* b) { return body.find(a) && body.find(b); };
  const auto time = [&](const char* key) { return positive_duration(body.find(key)->value); };
  const auto plain = [&](const char* key) -> std::optional<double> {
    const Node& node = body.find(key)->value;
    auto value = number(node);
    if (value && !(*value > 0 && *value < 1e6)) {
      error(node.place, "law", fmt::format("`{}` must be above 0 and below 1e6", key), "out of range");
      value.reset();
    }
    return value;
  };
  if (name == "weibull" && (has("shape", "mean") || has("shape", "scale"))) {
    const bool by_mean = body.find("mean") != nullptr;
    const auto shape = plain("shape"), size = time(by_mean ? "mean" : "scale");
    if (!shape || !size) return std::nullopt;
    const double unit_mean = std::tgamma(1 + 1 / *shape);
    if (!std::isfinite(unit_mean) || !(*size / unit_mean > 0)) return wrong(body.place, "this shape is too extreme");
    const double scale = by_mean ? *size / unit_mean : *size;
    if (*shape == 1) return Law::exponential(scale);
    return Law{Law::Kind::weibull, {*shape, scale}, by_mean ? *size : scale * unit_mean};
  }
  if (name == "lognormal" && has("mean", "cv")) {
    const auto mean = time("mean"), cv = plain("cv");
    if (!mean || !cv) return std::nullopt;
    const double variance = std::log1p(*cv * *cv);
    return Law{Law::Kind::lognormal, {std::log(*mean) - variance / 2, std::sqrt(variance)}, *mean};
  }
  if (name == "lognormal" && has("median", "p95")) {
    const auto median = time("median"), p95 = time("p95");
    if (!median || !p95) return std::nullopt;
    if (*p95 <= *median) return wrong(body.find("p95")->value.place, "`p95` must be longer than the median");
    const double sigma = std::log(*p95 / *median) / kQuantile95;
    const double mean = *median * std::exp(sigma * sigma / 2);
    if (!std::isfinite(mean)) return wrong(body.place, "these two are too far apart");
    return Law{Law::Kind::lognormal, {std::log(*median), sigma}, mean};
  }
  if (name == "gamma" && has("shape", "mean")) {
    const auto shape = plain("shape"), mean = time("mean");
    if (!shape || !mean) return std::nullopt;
    if (*shape == 1) return Law::exponential(*mean);
    return Law{Law::Kind::gamma, {*shape, *mean / *shape}, *mean};
  }
  if (name == "erlang" && has("stages", "mean")) {
    const auto stages = count(body.find("stages")->value);
    const auto mean = time("mean");
    if (!stages || !mean) return std::nullopt;
    if (*stages == 1) return Law::exponential(*mean);
    return Law{Law::Kind::gamma, {static_cast<double>(*stages), *mean / *stages}, *mean};
  }
  return wrong(body.place, fmt::format("`{}` takes other parameters", name));
}

}  // namespace nines
