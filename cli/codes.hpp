// Every code that an error or warning carries, in full: what `nines explain CODE` prints.
#pragma once

#include <span>
#include <string_view>

namespace nines::cli {

struct CodeEntry {
  const char* code;
  int exit_code;  // of a command that meets it; 0 for warnings
  const char* title;
  const char* text;  // what is wrong, an example, what to write
};

[[nodiscard]] std::span<const CodeEntry> code_table();
[[nodiscard]] const CodeEntry* find_code(std::string_view code);

}  // namespace nines::cli
