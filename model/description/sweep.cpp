#include "model/description/sweep.hpp"

#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "model/description/quantity.hpp"

namespace nines {
namespace {

using text::Place;
using text::Problem;
using text::Problems;

constexpr std::size_t kMostValues = 100'000;

enum class Kind { duration, share, count, number, words };

struct Amount {
  Kind kind = Kind::words;
  double value = 0;
};

Amount amount(std::string_view words) {
  if (const auto hours = read_duration(words)) return {Kind::duration, *hours};
  const bool percent = words.find('%') != std::string_view::npos;
  if (const auto share = read_probability(words); share && percent) return {Kind::share, *share};
  if (const auto count = read_count(words)) return {Kind::count, static_cast<double>(*count)};
  if (const auto number = read_number(words)) return {Kind::number, *number};
  return {};
}

std::string canonical_text(Kind kind, double value) {
  switch (kind) {
    case Kind::duration: return duration_text(value);
    case Kind::share: {
      const std::string percent = share_text(value);
      const auto back = read_probability(percent);
      return back && *back == value ? percent : number_text(value);
    }
    default: return number_text(value);
  }
}

class SweepReader {
 public:
  SweepReader(text::Sources& sources, std::string_view words)
      : sources_(sources), words_(words), source_(sources.add("--sweep", std::string(words))) {}

  text::Expected<Sweep> run() {
    const std::size_t equals = words_.find('=');
    if (equals == std::string_view::npos || equals == 0)
      return fail(0, words_.size(), "`--sweep` takes PATH=RANGE", equals == 0 ? "no path" : "no `=`");
    sweep_.path = std::string(words_.substr(0, equals));
    begin_ = equals + 1;
    const std::string_view range = words_.substr(begin_);
    if (range.find_first_not_of(" ") == std::string_view::npos)
      return fail(equals, words_.size(), "there is no range", "nothing here");
    const std::size_t dots = range.find("..");
    auto read = dots == std::string_view::npos ? list(range) : span(range, dots);
    if (read) return tl::unexpected(std::move(*read));
    sweep_.column = sweep_.path + (kind_ == Kind::duration ? "_h" : "");
    return std::move(sweep_);
  }

 private:
  using Failure = std::optional<Problems>;

  Problems problem(std::size_t begin, std::size_t end, std::string message, std::string label) {
    Problem p;
    p.code = "option";
    p.message = std::move(message);
    p.place = {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    p.label = std::move(label);
    p.helps.emplace_back("write `1h..8h:8` (points), `1h..8h:1h` (step), `1min..1day:9log`, `3..9` or `90%,95%,99%`");
    return {std::move(p)};
  }
  tl::unexpected<Problems> fail(std::size_t begin, std::size_t end, std::string message, std::string label) {
    return tl::unexpected(problem(begin, end, std::move(message), std::move(label)));
  }

  void add(double value) { add_text(canonical_text(kind_, value), value); }

  void add_text(std::string text, double value) {
    auto change = parse_override(sources_, "--sweep", fmt::format("{}={}", sweep_.path, text));
    // A wrong path is shown as it was written; a wrong value is that of one point.
    change->path_place = {source_, 0, static_cast<std::uint32_t>(sweep_.path.size())};
    sweep_.values.push_back({*change, std::move(text), value, kind_ == Kind::words});
  }

  Failure list(std::string_view range) {
    std::vector<std::string> texts;
    std::vector<double> values;
    bool first = true;
    for (std::size_t at = 0; at <= range.size();) {
      // A comma inside of brackets belongs to the value.
      int depth = 0;
      std::size_t comma = at;
      for (; comma < range.size() && (depth > 0 || range[comma] != ','); ++comma)
        depth += range[comma] == '{' || range[comma] == '[' ? 1 : range[comma] == '}' || range[comma] == ']' ? -1 : 0;
      const std::string_view item = range.substr(at, comma - at);
      if (item.find_first_not_of(" ") == std::string_view::npos)
        return problem(begin_ + at, begin_ + comma, "an empty value in the list", "nothing here");
      const Amount a = amount(item);
      const Kind before = kind_;
      kind_ = first              ? a.kind
              : before == a.kind ? before
              : (before == Kind::count || before == Kind::number || before == Kind::share) &&
                      (a.kind == Kind::count || a.kind == Kind::number || a.kind == Kind::share)
                  ? Kind::number
                  : Kind::words;
      if (!first && (before == Kind::duration) != (a.kind == Kind::duration))
        return problem(begin_ + at, begin_ + comma, "the values of a list must be of one kind", "another kind");
      first = false;
      texts.emplace_back(item);
      values.push_back(a.value);
      at = comma + 1;
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (kind_ == Kind::words)
        add_text(texts[i], 0);
      else
        add(values[i]);
    }
    return std::nullopt;
  }

  Failure span(std::string_view range, std::size_t dots) {
    const std::size_t colon = range.find(':', dots);
    const std::string_view low_text = range.substr(0, dots),
                           high_text =
                               range.substr(dots + 2, colon == std::string_view::npos ? colon : colon - dots - 2);
    const std::size_t high_at = begin_ + dots + 2;
    const Amount low = amount(low_text), high = amount(high_text);
    if (low.kind == Kind::words)
      return problem(begin_, begin_ + dots, "the range does not begin with a value", "not a time, share or number");
    if (high.kind == Kind::words)
      return problem(high_at, high_at + high_text.size(), "the range does not end with a value",
                     "not a time, share or number");
    const auto plain = [](Kind kind) { return kind == Kind::count || kind == Kind::number; };
    if (low.kind != high.kind && !(plain(low.kind) && plain(high.kind)))
      return problem(begin_, begin_ + range.size(), "the ends of the range are of different kinds", "two kinds");
    kind_ = low.kind == high.kind ? low.kind : Kind::number;
    if (high.value < low.value)
      return problem(begin_, high_at + high_text.size(), "the range runs backwards",
                     "the second is less than the first");
    if (colon == std::string_view::npos) {
      // `0..5` too: a stock or a priority may be 0, which no count is.
      const auto whole = [](const Amount& a) { return a.value == std::floor(a.value); };
      if (kind_ != Kind::count && !(kind_ == Kind::number && whole(low) && whole(high)))
        return problem(high_at + high_text.size(), words_.size(), "the range does not say how many points",
                       "add `:8` for eight points, or a step such as `:1h`");
      return steps(low.value, high.value, 1, begin_, words_.size());
    }
    return by_rule(low.value, high.value, range.substr(colon + 1), begin_ + colon + 1);
  }

  Failure by_rule(double low, double high, std::string_view rule, std::size_t at) {
    const bool log = rule.size() > 3 && rule.substr(rule.size() - 3) == "log";
    const auto points = read_count(log ? rule.substr(0, rule.size() - 3) : rule);
    if (points) {
      if (*points > kMostValues)
        return problem(at, words_.size(), fmt::format("more than {} points", kMostValues), "too many");
      if (*points < 2 && high > low)
        return problem(at, words_.size(), "a range has at least its two ends", "fewer than two points");
      if (log && low <= 0) return problem(begin_, at, "a logarithmic range can't begin at 0", "begins at 0");
      for (std::uint32_t i = 0; i < *points; ++i) {
        const double t = *points == 1 ? 0 : static_cast<double>(i) / (*points - 1);
        double value = i == 0             ? low
                       : i + 1 == *points ? high
                       : log              ? low * std::pow(high / low, t)
                                          : low + (high - low) * t;
        if (kind_ == Kind::count && value != std::floor(value)) {
          if (log)
            value = std::round(value);
          else
            return problem(at, words_.size(),
                           fmt::format("{} points between {} and {} are not whole numbers", *points, low, high),
                           "not whole");
        }
        if (kind_ == Kind::count && !sweep_.values.empty() && sweep_.values.back().number == value) continue;
        add(value);
      }
      return std::nullopt;
    }
    if (read_number(rule).value_or(0) > kMostValues)
      return problem(at, words_.size(), fmt::format("more than {} points", kMostValues), "too many");
    const Amount step = amount(rule);
    if (step.kind != kind_ || step.value <= 0)
      return problem(at, words_.size(), fmt::format("`{}` is neither a number of points nor a step", rule), "not that");
    return steps(low, high, step.value, at, words_.size());
  }

  Failure steps(double low, double high, double step, std::size_t begin, std::size_t end) {
    const double count = std::floor((high - low) / step * (1 + 1e-12)) + 1;
    if (count > kMostValues) return problem(begin, end, fmt::format("more than {} points", kMostValues), "too many");
    for (double i = 0; i < count; ++i) add(std::min(high, low + i * step));
    return std::nullopt;
  }

  text::Sources& sources_;
  std::string_view words_;
  text::SourceId source_;
  Sweep sweep_;
  Kind kind_ = Kind::words;
  std::size_t begin_ = 0;
};

}  // namespace

text::Expected<Sweep> parse_sweep(text::Sources& sources, std::string_view words) {
  return SweepReader(sources, words).run();
}

}  // namespace nines
