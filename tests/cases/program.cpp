#include "tests/cases/program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace nines::test {
namespace {

void limit(int what, rlim_t amount) {
  const rlimit limits{amount, amount};
  setrlimit(static_cast<__rlimit_resource>(what), &limits);
}

void redirect(const std::string& path, int to) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(file, to);
}

}  // namespace

Outcome run_nines(const std::vector<std::string>& arguments, const std::string& folder) {
  const std::string out = folder + "/stdout.txt", err = folder + "/stderr.txt";
  std::vector<char*> words;
  std::string program = NINES_PROGRAM;
  words.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) words.push_back(argument.data());
  words.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, 200u << 20);
#endif
    limit(RLIMIT_CPU, 20);
    redirect(out, STDOUT_FILENO);
    redirect(err, STDERR_FILENO);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    if (chdir(folder.c_str()) == 0) execv(program.c_str(), words.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

std::string fresh_folder(const std::string& name) {
  const std::string folder = testing::TempDir() + "/nines-" + name + "-" + std::to_string(getpid());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

void write_file(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

std::string read_file(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

}  // namespace nines::test
