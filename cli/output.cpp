// Results go out whole or not at all.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "cli/output.hpp"

namespace nines::cli {
namespace {

bool write_all(int file, std::string_view content) {
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

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  // The standard streams by name: what they were opened on is not ours to replace.
  if (path_ == "-" || path_ == "/dev/stdout") path_.clear();
  if (path_.empty()) {
    file_ = STDOUT_FILENO;
    return;
  }
  struct stat info {};
  const bool exists = ::stat(path_.c_str(), &info) == 0;
  // A link stays one: what it points to is written.
  std::error_code failed;
  if (exists && std::filesystem::is_symlink(path_, failed)) {
    const auto target = std::filesystem::canonical(path_, failed);
    if (!failed) path_ = target.string();
  }
  if (exists && !S_ISREG(info.st_mode)) {
    if (S_ISDIR(info.st_mode)) errno = EISDIR;
    file_ = S_ISDIR(info.st_mode) ? -1 : ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (file_ < 0) problem_ = failure(path_);
    return;
  }
  beside_ = path_ + ".XXXXXX";
  file_ = ::mkstemp(beside_.data());
  if (file_ < 0) {
    problem_ = failure(path_);
    beside_.clear();
    return;
  }
  // mkstemp makes it private; a result is as readable as any new file, or as the one it replaces.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file_, exists ? info.st_mode & 07777 : 0666 & ~mask) != 0) problem_ = failure(path_);
}

OutputFile::~OutputFile() {
  if (file_ >= 0 && file_ != STDOUT_FILENO) ::close(file_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

bool OutputFile::write(std::string_view content) {
  if (problem_.empty() && !write_all(file_, content)) problem_ = failure(path_.empty() ? "standard output" : path_);
  return problem_.empty();
}

std::string OutputFile::commit() {
  if (problem_.empty() && !beside_.empty()) {
    if (::fsync(file_) != 0 || std::rename(beside_.c_str(), path_.c_str()) != 0)
      problem_ = failure(path_);
    else
      beside_.clear();
  }
  return problem_;
}

std::string write_output(const std::string& path, const std::string& content) {
  OutputFile file(path);
  file.write(content);
  return file.commit();
}

}  // namespace nines::cli
