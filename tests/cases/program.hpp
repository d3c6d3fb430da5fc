// The program run as a whole, in a folder of its own, with a limit on memory and time.
#pragma once

#include <string>
#include <vector>

namespace nines::test {

struct Outcome {
  int exit_code = -1;  // -1: killed by a signal
  std::string out, err;
};

// Runs `nines` with these arguments in `folder`. 200 MB of memory (not under a sanitizer, which takes terabytes of
// address space), 20 s of CPU.
[[nodiscard]] Outcome run_nines(const std::vector<std::string>& arguments, const std::string& folder);

// A fresh folder for one test.
[[nodiscard]] std::string fresh_folder(const std::string& name);
void write_file(const std::string& path, const std::string& content);
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace nines::test
