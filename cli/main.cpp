#include <cstdio>
#include <exception>
#include <new>

#include "cli/app.hpp"

int main(int argc, char** argv) {
  try {
    return nines::cli::run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("error[memory]: the machine has no memory left\n  = help: give a smaller `--max-states`\n", stderr);
    return 3;
  } catch (const std::exception& defect) {
    std::fprintf(stderr,
                 "defect in nines, not in your input: %s\n  = help: please report it with the command and the model\n",
                 defect.what());
    return 3;
  }
}
