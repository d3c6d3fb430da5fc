// What a command prints for people: paragraphs and tables, written as plain text or as Markdown.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace nines::cli {

struct Table {
  std::vector<std::string> header;             // empty: none
  std::vector<std::vector<std::string>> rows;  // the first column is text, the others are aligned to the right
  bool left = false;                           // all columns are text
};

struct Document {
  using Block = std::variant<std::string, Table>;
  std::vector<Block> blocks;

  void add(std::string paragraph) { blocks.emplace_back(std::move(paragraph)); }
  void add(Table table) { blocks.emplace_back(std::move(table)); }
};

[[nodiscard]] std::string to_text(const Document& document);
[[nodiscard]] std::string to_markdown(const Document& document);

}  // namespace nines::cli
