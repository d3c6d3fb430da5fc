// Typed values out of nodes, every problem noted with its place. Each read_* gives nothing when it has reported.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/description/keys.hpp"
#include "model/description/law.hpp"
#include "model/description/quantity.hpp"
#include "model/text/node.hpp"
#include "model/text/problem.hpp"

namespace nines {

class Reader {
 public:
  Reader(const text::Sources& sources, text::Problems& problems) : sources_(sources), problems_(problems) {}

  [[nodiscard]] const text::Sources& sources() const { return sources_; }

  text::Problem& error(text::Place place, std::string code, std::string message, std::string label = "",
                       std::string help = "");
  text::Problem& warning(text::Place place, std::string code, std::string message, std::string label = "",
                         std::string help = "");
  [[nodiscard]] std::size_t count() const { return problems_.size(); }
  [[nodiscard]] bool any_errors() const;

  // Where things stand that something uses: what one design leaves aside another may need.
  void note_use(text::Place name) { used_.push_back(name); }
  [[nodiscard]] const std::vector<text::Place>& used() const { return used_; }

  // Reports entries that `owner` does not know, or does not know yet. `what` names the thing: component `lb`.
  // Those that only another redundancy knows are reported by who reads the redundancy.
  void check_keys(const text::Node& mapping, Owner owner, const std::string& what);
  // Whether a key of the mapping is unknown and could be meant for this one: then it is not missing but misspelt, and
  // that has been reported.
  [[nodiscard]] bool misspelt(const text::Node& mapping, Owner owner, std::string_view key) const;
  // Reports anything but a mapping.
  bool expect_mapping(const text::Node& node, const std::string& what);

  // The scalar's text; reports lists, mappings and missing values. `wanted`: a time such as `4 h`.
  std::optional<std::string> scalar(const text::Node& node, std::string_view wanted);
  std::optional<double> duration(const text::Node& node);           // hours, 0 allowed
  std::optional<double> positive_duration(const text::Node& node);  // hours
  std::optional<double> period(const text::Node& node);             // hours, above 0
  std::optional<double> probability(const text::Node& node);
  std::optional<std::uint32_t> count(const text::Node& node);
  std::optional<std::uint32_t> stock(const text::Node& node);  // a count, or 0
  std::optional<double> number(const text::Node& node);
  std::optional<double> rate(const text::Node& node);
  std::optional<bool> flag(const text::Node& node);  // `true` or `false`
  std::optional<std::string> word(const text::Node& node, const Key& key);
  // A list of scalars, or one scalar as a list of one.
  std::optional<std::vector<const text::Node*>> names(const text::Node& node, const std::string& what);

  // A plain duration or a written-out law. `optional_time`: `0 s` is read and means none (an empty result, no problem).
  std::optional<Law> law(const text::Node& node, bool never_allowed = false);
  // For optional times: false when a problem was reported; `out` stays empty for `0 s` and `none`.
  bool optional_law(const text::Node& node, std::optional<Law>& out);

 private:
  std::optional<double> longer_than_nothing(const text::Node& node, std::optional<double> hours);
  template <class T>
  std::optional<T> converted(const text::Node& node, std::string_view wanted, Read<T> (*read)(std::string_view));
  std::optional<Law> written_out(const text::Entry& entry);
  std::optional<Law> two_parameters(const std::string& name, const text::Node& body);

  const text::Sources& sources_;
  text::Problems& problems_;
  std::vector<text::Place> used_;
};

}  // namespace nines
