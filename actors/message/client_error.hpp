#pragma once

#include <cstdint>
#include <string_view>

namespace rookery {

/// An error as a client sees it. A client may repeat a command that failed
/// temporarily. Codes from 400 to 1999 are free for applications.
struct client_error {
  std::uint32_t code;
  std::string_view message;
  bool temporary = false;
};

} // namespace rookery
