#include "model/description/explicit_format.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace nines::explicit_format {
namespace {

// Walks a text line by line, number by number. Lines end with `\n`, or `\r\n`.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text), at_(text.data()), end_(text.data() + text.size()) {}

  // Goes to the next line that has something on it; false at the end.
  bool next_line() {
    while (at_ != end_ && *at_ != '\n') ++at_;
    for (; at_ != end_; ++at_)
      if (*at_ != '\n' && !blank(*at_)) return true;
    return false;
  }
  // To the first line.
  bool first_line() {
    while (at_ != end_ && (blank(*at_) || *at_ == '\n')) ++at_;
    return at_ != end_;
  }

  template <class T>
  bool number(T& value) {
    skip();
    const auto [end, error] = std::from_chars(at_, end_, value);
    if (error != std::errc()) return false;
    at_ = end;
    return true;
  }
  bool character(char c) {
    skip();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] bool at_word_end() const { return at_ == end_ || *at_ == '\n' || blank(*at_); }
  bool at_line_end() {
    skip();
    return at_ == end_ || *at_ == '\n';
  }
  // The name between quotes.
  bool quoted(std::string& name) {
    if (!character('"')) return false;
    const char* const begin = at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\n') ++at_;
    name.assign(begin, at_);
    return at_ != end_ && *at_++ == '"';
  }

  // The word that stands here, or the point where one is missing.
  [[nodiscard]] Malformed malformed(std::string message, std::string label, std::string help) {
    skip();
    const char* word = at_;
    while (word != end_ && !blank(*word) && *word != '\n') ++word;
    return {std::move(message), std::move(label), std::move(help), offset(at_), offset(word)};
  }
  // The whole line.
  [[nodiscard]] Malformed malformed_line(std::string message, std::string label, std::string help) const {
    const char *begin = at_, *end = at_;
    while (begin != text_.data() && begin[-1] != '\n') --begin;
    while (end != end_ && *end != '\n' && *end != '\r') ++end;
    return {std::move(message), std::move(label), std::move(help), offset(begin), offset(end)};
  }

 private:
  static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
  void skip() {
    while (at_ != end_ && blank(*at_)) ++at_;
  }
  [[nodiscard]] std::size_t offset(const char* at) const { return static_cast<std::size_t>(at - text_.data()); }

  std::string_view text_;
  const char *at_, *end_;
};

constexpr const char* kTransitionLine = "a line of transitions is like `0 1 0.002`: from, to, rate per hour";

}  // namespace

Parsed<Transitions> parse_transitions(std::string_view text) {
  constexpr std::uint64_t kMostStates = 1'000'000'000;
  constexpr std::uint64_t kMostUnreached = 1'000'000;  // so that no memory is taken for what is not in the file
  Cursor cursor(text);
  std::uint64_t states = 0, count = 0;
  if (!cursor.first_line())
    return tl::unexpected(Malformed{"there is nothing in the file", "", "its first line is like `276 1120`", 0, 0});
  if (!cursor.number(states) || !cursor.number(count))
    return tl::unexpected(cursor.malformed("the first line does not say how many states and transitions there are",
                                           "expected a whole number", "it is like `276 1120`"));
  if (!cursor.at_line_end())
    return tl::unexpected(cursor.malformed("the first line holds more than two numbers", "one too many",
                                           "a third number belongs to a decision process, which is no chain"));
  if (states == 0 || states > kMostStates)
    return tl::unexpected(cursor.malformed_line(fmt::format("a chain can't have {} states", states),
                                                states == 0 ? "none" : "more than a billion", ""));
  if (states > count + kMostUnreached)
    return tl::unexpected(cursor.malformed_line(
        fmt::format("{} states can't be reached by {} transitions", states, count), "too few transitions", ""));
  Transitions result;
  result.states = static_cast<std::uint32_t>(states);
  const std::size_t room = std::min<std::uint64_t>(count, text.size() / 6 + 1);  // `0 1 2\n` at least
  result.from.reserve(room);
  result.to.reserve(room);
  result.rate.reserve(room);
  while (cursor.next_line()) {
    std::uint64_t ends[2] = {0, 0};
    for (std::uint64_t& end : ends) {
      const Cursor before = cursor;
      if (!cursor.number(end))
        return tl::unexpected(cursor.malformed("not a transition", "expected the number of a state", kTransitionLine));
      if (end < states) continue;
      cursor = before;
      return tl::unexpected(cursor.malformed(fmt::format("there is no state {}", end),
                                             fmt::format("states are 0 to {}", states - 1), ""));
    }
    double rate = 0;
    Cursor before = cursor;
    if (!cursor.number(rate) || !cursor.at_word_end())
      return tl::unexpected(before.malformed("not a transition", "expected a rate", kTransitionLine));
    if (!(rate > 0) || !std::isfinite(rate))
      return tl::unexpected(before.malformed("a rate must be more than 0", "not a rate", ""));
    if (result.from.size() == count)
      return tl::unexpected(cursor.malformed_line(
          fmt::format("the first line says {} transitions, and here is one more", count), "one too many", ""));
    result.from.push_back(static_cast<std::uint32_t>(ends[0]));
    result.to.push_back(static_cast<std::uint32_t>(ends[1]));
    result.rate.push_back(rate);
    // What follows is the name of an action, which changes nothing.
  }
  if (result.from.size() < count)
    return tl::unexpected(
        Malformed{fmt::format("the first line says {} transitions, but there are {}", count, result.from.size()),
                  "the file ends here", "it may have been cut off", text.size(), text.size()});
  return result;
}

Parsed<Labels> parse_labels(std::string_view text, const std::string& label, std::uint32_t states) {
  constexpr const char* kHead = "it is like `0=\"init\" 1=\"deadlock\" 2=\"up\"`";
  constexpr std::uint64_t kNone = UINT64_MAX;
  Labels result;
  result.up.assign(states, 0);
  Cursor cursor(text);
  if (!cursor.first_line()) return tl::unexpected(Malformed{"there is nothing in the file", "", kHead, 0, 0});
  std::uint64_t of_up = kNone, of_init = kNone;
  while (!cursor.at_line_end()) {
    const Cursor before = cursor;
    std::uint64_t number = 0;
    std::string name;
    if (!cursor.number(number) || !cursor.character('=') || !cursor.quoted(name)) {
      cursor = before;
      return tl::unexpected(cursor.malformed("the first line does not list the labels", "expected a label", kHead));
    }
    if (name == label) of_up = number;
    if (name == "init") of_init = number;
    result.names.push_back(std::move(name));
  }
  result.known = of_up != kNone;
  bool started = false;
  while (cursor.next_line()) {
    const Cursor before = cursor;
    std::uint64_t state = 0;
    if (!cursor.number(state) || !cursor.character(':'))
      return tl::unexpected(
          Cursor(before).malformed("not the labels of a state", "expected a state", "a line is like `17: 0 2`"));
    if (state >= states)
      return tl::unexpected(Cursor(before).malformed(fmt::format("there is no state {}", state),
                                                     fmt::format("states are 0 to {}", states - 1), ""));
    while (!cursor.at_line_end()) {
      std::uint64_t number = 0;
      if (!cursor.number(number))
        return tl::unexpected(
            cursor.malformed("not the number of a label", "expected a number", "a line is like `17: 0 2`"));
      if (number == of_up) result.up[state] = 1;
      if (number != of_init) continue;
      if (started)
        return tl::unexpected(
            cursor.malformed_line("a second state is labelled `init`", "another start", "a chain starts in one state"));
      started = true;
      result.start = static_cast<std::uint32_t>(state);
    }
  }
  return result;
}

}  // namespace nines::explicit_format
