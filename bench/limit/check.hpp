#pragma once

#include <cerrno>
#include <system_error>

namespace rookery::limit {

/// Returns the result of the system call `name`; throws `std::system_error` if
/// it failed. Only for calls without which the server cannot run.
inline int check(int result, const char* name) {
  if (result < 0)
    throw std::system_error{errno, std::generic_category(), name};
  return result;
}

} // namespace rookery::limit
