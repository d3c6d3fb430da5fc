// Results go out whole or not at all.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "cli/session.hpp"

namespace nines::cli {
namespace {

bool write_all(int file, const std::string& content) {
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t wrote = ::write(file, content.data() + done, content.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

std::string failure(const std::string& path) {
  return fmt::format("cannot write `{}`: {}", path, std::strerror(errno));
}

}  // namespace

std::string write_output(const std::string& path, const std::string& content) {
  if (path.empty()) return write_all(STDOUT_FILENO, content) ? "" : failure("standard output");
  // The standard streams by name: what they were opened on is not ours to replace.
  if (path == "-" || path == "/dev/stdout") return write_output("", content);
  struct stat info {};
  const bool exists = ::stat(path.c_str(), &info) == 0;
  // A link stays one: what it points to is written.
  std::error_code failed;
  if (exists && std::filesystem::is_symlink(path, failed)) {
    const auto target = std::filesystem::canonical(path, failed);
    if (!failed && target != path) return write_output(target.string(), content);
  }
  if (exists && !S_ISREG(info.st_mode)) {
    std::FILE* device = S_ISDIR(info.st_mode) ? (errno = EISDIR, nullptr) : std::fopen(path.c_str(), "wb");
    if (!device) return failure(path);
    const bool fine = write_all(::fileno(device), content);
    const std::string problem = fine ? "" : failure(path);
    std::fclose(device);
    return problem;
  }
  std::string beside = path + ".XXXXXX";
  const int file = ::mkstemp(beside.data());
  if (file < 0) return failure(path);
  // mkstemp makes it private; a result is as readable as any new file, or as the one it replaces.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const mode_t mode = exists ? info.st_mode & 07777 : 0666 & ~mask;
  const bool fine = write_all(file, content) && ::fchmod(file, mode) == 0 && ::fsync(file) == 0;
  std::string problem = fine ? "" : failure(path);
  ::close(file);
  if (fine && std::rename(beside.c_str(), path.c_str()) != 0) problem = failure(path);
  if (!problem.empty()) ::unlink(beside.c_str());
  return problem;
}

}  // namespace nines::cli
