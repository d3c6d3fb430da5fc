#include "cli/render/problems.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nines::cli {
namespace {

struct Paint {
  const char *error, *warning, *frame, *strong, *off;
};
constexpr Paint kPlain{"", "", "", "", ""};
constexpr Paint kColored{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// What can be shown of a line: tabs as one blank, and what is not printable as a dot.
std::string shown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += c == '\t' ? ' ' : byte < 0x20 || byte == 0x7F ? '.' : c;
  }
  return result;
}

void append_source_line(std::string& out, const text::Sources& sources, const text::Problem& problem,
                        const Paint& paint) {
  const auto at = sources.line_column(problem.place);
  const std::string_view line = sources.line(problem.place.source, at.line);
  const std::string number = std::to_string(at.line);
  const std::string margin(number.size(), ' ');
  constexpr std::size_t kWidest = 160;
  const std::string_view excerpt = sources.excerpt(problem.place);
  const std::string_view marked = excerpt.substr(0, excerpt.find('\n'));
  std::size_t carets = std::max<std::size_t>(1, characters(marked));
  // A very long line is shown around the place.
  const std::size_t at_byte = std::min(line.size(), static_cast<std::size_t>(excerpt.data() - line.data()));
  std::size_t from = line.size() > kWidest && at_byte > kWidest / 2 ? at_byte - kWidest / 2 : 0;
  while (from > 0 && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) --from;
  std::size_t length = std::min(kWidest, line.size() - from);
  while (from + length < line.size() && (static_cast<unsigned char>(line[from + length]) & 0xC0U) == 0x80U) --length;
  const bool cut = from + length < line.size();
  const std::string words = (from > 0 ? "..." : "") + shown(line.substr(from, length)) + (cut ? "..." : "");
  const std::size_t column = characters(line.substr(from, at_byte - from)) + (from > 0 ? 3 : 0);
  if (line.size() > kWidest) carets = std::min(carets, kWidest / 2);
  const char* accent = problem.severity == text::Severity::error ? paint.error : paint.warning;
  out += fmt::format("{0}{1} |{2}\n{0}{3} |{2} {4}\n", paint.frame, margin, paint.off, number, words);
  out += fmt::format("{0}{1} |{2} {3}{4}{5}{6}{7}{2}\n", paint.frame, margin, paint.off, std::string(column, ' '),
                     accent, std::string(carets, '^'), problem.label.empty() ? "" : " ", problem.label);
}

void append_remarks(std::string& out, const std::string& margin, const std::vector<std::string>& notes,
                    const std::vector<std::string>& helps, const Paint& paint) {
  for (const std::string& note : notes)
    out += fmt::format("{}{} ={} {}note:{} {}\n", paint.frame, margin, paint.off, paint.strong, paint.off, note);
  for (const std::string& help : helps)
    out += fmt::format("{}{} ={} {}help:{} {}\n", paint.frame, margin, paint.off, paint.strong, paint.off, help);
}

}  // namespace

std::string render(const text::Sources& sources, const text::Problem& problem, bool color) {
  const Paint& paint = color ? kColored : kPlain;
  const bool error = problem.severity == text::Severity::error;
  std::string out =
      fmt::format("{}{}[{}]{}{}: {}{}\n", error ? paint.error : paint.warning, error ? "error" : "warning",
                  problem.code, paint.off, paint.strong, shown(problem.message), paint.off);
  const auto at = sources.line_column(problem.place);
  const std::string margin(std::to_string(at.line).size(), ' ');
  const auto& source = sources[problem.place.source];
  if (source.text.empty()) {
    append_remarks(out, " ", problem.notes, problem.helps, paint);
    return out;
  }
  out += fmt::format("{}{}-->{} {}:{}:{}\n", paint.frame, margin, paint.off, source.name, at.line, at.column);
  append_source_line(out, sources, problem, paint);
  append_remarks(out, margin, problem.notes, problem.helps, paint);
  return out;
}

std::string render(const markov::Refusal& refusal, const std::string& about, bool color) {
  const Paint& paint = color ? kColored : kPlain;
  std::string out = fmt::format("{}error[{}]{}{}: {}{}\n", paint.error, refusal.code, paint.off, paint.strong,
                                refusal.message, paint.off);
  if (!about.empty()) out += fmt::format(" {}-->{} {}\n", paint.frame, paint.off, about);
  append_remarks(out, " ", refusal.notes, refusal.helps, paint);
  return out;
}

}  // namespace nines::cli
