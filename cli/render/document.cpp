#include "cli/render/document.hpp"

#include <algorithm>

namespace nines::cli {
namespace {

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string table_text(const Table& table) {
  std::vector<std::size_t> widths;
  const auto measure = [&](const std::vector<std::string>& row) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  };
  measure(table.header);
  for (const auto& row : table.rows) measure(row);
  std::string text;
  const auto append = [&](const std::vector<std::string>& row) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - width_of(row[i]), ' ');
      line += (i == 0 ? " " : "   ") + (i == 0 || table.left ? row[i] + pad : pad + row[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  if (!table.header.empty()) append(table.header);
  for (const auto& row : table.rows) append(row);
  return text;
}

std::string table_markdown(const Table& table) {
  std::size_t columns = table.header.size();
  for (const auto& row : table.rows) columns = std::max(columns, row.size());
  std::string text;
  const auto append = [&](const std::vector<std::string>& row) {
    text += "|";
    for (std::size_t i = 0; i < columns; ++i) {
      std::string cell = i < row.size() ? row[i] : "";
      for (std::size_t bar = cell.find('|'); bar != std::string::npos; bar = cell.find('|', bar + 2))
        cell.insert(bar, "\\");
      text += " " + cell + " |";
    }
    text += "\n";
  };
  append(table.header);
  text += "|";
  for (std::size_t i = 0; i < columns; ++i) text += i == 0 || table.left ? " --- |" : " ---: |";
  text += "\n";
  for (const auto& row : table.rows) append(row);
  return text;
}

template <class TableText>
std::string join(const Document& document, TableText&& table_to_text) {
  std::string text;
  for (const auto& block : document.blocks) {
    if (!text.empty()) text += "\n";
    if (const auto* paragraph = std::get_if<std::string>(&block))
      text += *paragraph + "\n";
    else
      text += table_to_text(std::get<Table>(block));
  }
  return text;
}

}  // namespace

std::string to_text(const Document& document) {
  return join(document, table_text);
}

std::string to_markdown(const Document& document) {
  return join(document, table_markdown);
}

}  // namespace nines::cli
