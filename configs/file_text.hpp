#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace rookery {

/// Why a file could not be read, in words, without its contents.
struct file_error {
  std::string text;
};

/// Reads a whole file of at most `limit` bytes.
std::variant<std::string, file_error> read_file(const std::string& path,
                                                std::size_t limit);

/// Reads the lines of a file of up to 4096 bytes that hold a secret: neither
/// empty lines nor comments, which begin with #. There is at least one.
std::variant<std::vector<std::string>, file_error>
read_secret_lines(const std::string& path);

/// Reads the only such line of a file.
std::variant<std::string, file_error> read_secret_file(const std::string& path);

} // namespace rookery
