#pragma once

#include <cstddef>
#include <string>
#include <variant>

namespace rookery {

/// Why a file could not be read, in words, without its contents.
struct file_error {
  std::string text;
};

/// Reads a whole file of at most `limit` bytes.
std::variant<std::string, file_error> read_file(const std::string& path,
                                                std::size_t limit);

/// Reads 1 to 4096 bytes of secret from a file, without the line end after
/// them.
std::variant<std::string, file_error> read_secret_file(const std::string& path);

} // namespace rookery
