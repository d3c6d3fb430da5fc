#include "model/description/read_expression.hpp"

#include <charconv>

#include <fmt/format.h>

namespace nines {
namespace {

using text::Place;

struct Token {
  enum class Kind { name, number, open, close, comma, bad, end } kind = Kind::end;
  std::string_view words;
  Place place;
};

// Cuts the text that stands in the source, so that every word has its place; a text that the source spells otherwise
// (escapes, a parameter) has the place of the whole.
class Tokens {
 public:
  Tokens(const text::Sources& sources, const text::Node& node) : whole_(node.place), words_(node.scalar) {
    std::string_view written = sources.excerpt(node.place);
    exact_ = written == words_;
    if (!exact_ && node.quoted && written.size() >= 2 && written.substr(1, written.size() - 2) == words_) {
      exact_ = true;
      skipped_ = 1;
    }
    if (!exact_ && !node.quoted && written.find('\n') != std::string_view::npos && written.front() != '|' &&
        written.front() != '>') {
      words_ = written;  // folded over lines: blanks are all the same to us
      exact_ = true;
    }
  }

  Token next() {
    at_ = std::min(words_.find_first_not_of(" \t\r\n", at_), words_.size());
    const std::size_t begin = at_;
    if (begin == words_.size()) return {Token::Kind::end, {}, place(begin, begin)};
    const char c = words_[at_++];
    const auto token = [&](Token::Kind kind) {
      return Token{kind, words_.substr(begin, at_ - begin), place(begin, at_)};
    };
    if (c == '(') return token(Token::Kind::open);
    if (c == ')') return token(Token::Kind::close);
    if (c == ',') return token(Token::Kind::comma);
    const auto letter = [](char x) { return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z'); };
    const auto digit = [](char x) { return x >= '0' && x <= '9'; };
    if (!letter(c) && !digit(c)) {
      while (at_ < words_.size() && (static_cast<unsigned char>(words_[at_]) & 0xC0U) == 0x80U) ++at_;
      return token(Token::Kind::bad);
    }
    while (at_ < words_.size() &&
           (letter(words_[at_]) || digit(words_[at_]) || words_[at_] == '_' || words_[at_] == '-'))
      ++at_;
    Token found = token(Token::Kind::name);
    if (digit(c))
      found.kind = found.words.find_first_not_of("0123456789") == std::string_view::npos ? Token::Kind::number
                                                                                         : Token::Kind::bad;
    return found;
  }

 private:
  Place place(std::size_t begin, std::size_t end) const {
    if (!exact_) return whole_;
    const auto at = [&](std::size_t i) { return whole_.begin + static_cast<std::uint32_t>(skipped_ + i); };
    return {whole_.source, at(begin), at(end)};
  }

  Place whole_;
  std::string_view words_;
  bool exact_ = false;
  std::size_t skipped_ = 0;
  std::size_t at_ = 0;
};

// An open parenthesis, or the expression as a whole.
struct Frame {
  Place opened;
  std::optional<std::uint32_t> vote;  // `k of (`
  Place vote_place;
  std::uint32_t items = 0, alternatives = 0, factors = 0;
};

class Parser {
 public:
  Parser(Reader& reader, const text::Node& node, const Resolve& resolve)
      : reader_(reader), tokens_(reader.sources(), node), resolve_(resolve), whole_(node.place) {
    frames_.push_back({node.place, std::nullopt, {}});
  }

  std::optional<Expression> run() {
    while (true) {
      const Token token = tokens_.next();
      if (token.kind == Token::Kind::bad)
        return fail(token.place, fmt::format("`{}` has no meaning in an expression", token.words), "here",
                    "an expression holds names, `and`, `or`, `2 of (a, b, c)` and parentheses");
      const bool fine = operand_next_ ? operand(token) : operator_(token);
      if (!fine) return std::nullopt;
      if (finished_) break;
    }
    if (failed_) return std::nullopt;
    return std::move(expression_);
  }

 private:
  std::nullopt_t fail(Place place, std::string message, std::string label, std::string help) {
    reader_.error(place, "expression", std::move(message), std::move(label), std::move(help));
    return std::nullopt;
  }

  bool operand(const Token& token) {
    if (token.kind == Token::Kind::number) return vote(token);
    if (token.kind == Token::Kind::open) {
      frames_.push_back({token.place, std::nullopt, {}});
      return true;
    }
    if (token.kind != Token::Kind::name || token.words == "and" || token.words == "or" || token.words == "of") {
      const std::string found = token.kind == Token::Kind::end ? "the end" : fmt::format("`{}`", token.words);
      fail(token.place, fmt::format("expected a name, found {}", found), "a name is missing",
           "an expression is like `a and (b or c)` or `2 of (x, y, z)`");
      return false;
    }
    const auto id = resolve_(std::string(token.words), token.place);
    failed_ = failed_ || !id;
    push({Expression::Op::name, id.value_or(0), 0, 0});
    return true;
  }

  bool vote(const Token& number) {
    std::uint32_t k = 0;
    const auto [end, error] = std::from_chars(number.words.data(), number.words.data() + number.words.size(), k);
    const Token of = tokens_.next();
    const Token open = of.words == "of" ? tokens_.next() : of;
    if (error != std::errc() || of.words != "of" || open.kind != Token::Kind::open) {
      fail(number.place, "a number stands before `of (...)` only", "expected `of (`",
           fmt::format("write `{} of (a, b, c)`", number.words));
      return false;
    }
    frames_.push_back({open.place, k, number.place});
    return true;
  }

  bool operator_(const Token& token) {
    Frame& frame = frames_.back();
    if (token.words == "and") {
      operand_next_ = true;
    } else if (token.words == "or") {
      end_alternative(frame);
      operand_next_ = true;
    } else if (token.kind == Token::Kind::comma && frame.vote) {
      end_item(frame);
      operand_next_ = true;
    } else if (token.kind == Token::Kind::close && frames_.size() > 1) {
      return close();
    } else if (token.kind == Token::Kind::end && frames_.size() == 1) {
      end_item(frame);
      finished_ = true;
    } else if (token.kind == Token::Kind::end) {
      fail(frame.opened, "this parenthesis is never closed", "opened here", "close it with `)`");
      return false;
    } else if (token.kind == Token::Kind::close) {
      fail(token.place, "a closing parenthesis that nothing opened", "nothing to close", "take it out");
      return false;
    } else {
      fail(token.place, fmt::format("expected `and` or `or`, found `{}`", token.words), "an operator is missing",
           "join names with `and` or `or`");
      return false;
    }
    return true;
  }

  bool close() {
    Frame frame = frames_.back();
    end_item(frame);
    frames_.pop_back();
    if (!frame.vote) {
      ++frames_.back().factors;
      return true;
    }
    if (*frame.vote < 1 || *frame.vote > frame.items) {
      reader_.error(frame.vote_place, "k-of-n", fmt::format("`{} of` {} operands", *frame.vote, frame.items),
                    *frame.vote < 1 ? "must be at least 1" : "more than there are",
                    fmt::format("it must be between 1 and {}", frame.items));
      failed_ = true;
    }
    push({Expression::Op::at_least, 0, *frame.vote, frame.items});
    return true;
  }

  // An operand is complete.
  void push(Expression::Term term) {
    expression_.terms.push_back(term);
    ++frames_.back().factors;
    operand_next_ = false;
  }

  void end_alternative(Frame& frame) {
    if (frame.factors > 1) expression_.terms.push_back({Expression::Op::all_of, 0, 0, frame.factors});
    frame.factors = 0;
    ++frame.alternatives;
  }

  void end_item(Frame& frame) {
    end_alternative(frame);
    if (frame.alternatives > 1) expression_.terms.push_back({Expression::Op::any_of, 0, 0, frame.alternatives});
    frame.alternatives = 0;
    ++frame.items;
  }

  Reader& reader_;
  Tokens tokens_;
  const Resolve& resolve_;
  Place whole_;
  std::vector<Frame> frames_;
  Expression expression_;
  bool operand_next_ = true;
  bool finished_ = false;
  bool failed_ = false;
};

}  // namespace

std::optional<Expression> read_expression(Reader& reader, const text::Node& node, const Resolve& resolve) {
  if (!reader.scalar(node, kind_in_words(ValueKind::expression))) return std::nullopt;
  return Parser(reader, node, resolve).run();
}

}  // namespace nines
