// Results go out whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace nines::cli {

// A file that is there as a whole once it is committed, and otherwise as it was before: what is written goes to a
// temporary file beside it, which is then renamed. What is not a regular file, or has no name (standard output), is
// written directly.
class OutputFile {
 public:
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  bool write(std::string_view content);  // false: something went wrong, now or before
  // Gives what went wrong, empty if nothing.
  [[nodiscard]] std::string commit();
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::string path_, beside_, problem_;
  int file_ = -1;
};

// All at once. Gives what went wrong, empty if nothing.
[[nodiscard]] std::string write_output(const std::string& path, const std::string& content);

}  // namespace nines::cli
