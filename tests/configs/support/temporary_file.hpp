#pragma once

#include <stdlib.h>
#include <string>
#include <unistd.h>

namespace rookery {

/// A file with given contents, removed with this object.
class temporary_file {
public:
  explicit temporary_file(const std::string& contents) {
    const auto descriptor = ::mkstemp(path_.data());
    written_ = ::write(descriptor, contents.data(), contents.size())
               == static_cast<ssize_t>(contents.size());
    ::close(descriptor);
  }

  ~temporary_file() { ::unlink(path_.c_str()); }

  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;

  /// Empty if the file could not be written.
  std::string path() const { return written_ ? path_ : std::string{}; }

private:
  std::string path_ = "/tmp/rookery-test-XXXXXX";
  bool written_ = false;
};

} // namespace rookery
