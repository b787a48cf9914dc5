#pragma once

#include <cstdint>
#include <string>

namespace rookery {

/// Reports that a client of this node is connected. The bus then reports its
/// end to the backend, even if this node crashes.
struct client_entered {
  std::string client;
  std::string user; ///< empty: anonymous

  friend bool operator==(const client_entered&,
                         const client_entered&) = default;
};

/// Reports the end of a client reported with `client_entered`.
struct client_left {
  std::string client;
  std::string user;
  /// The close code that the client received or would have received.
  std::uint16_t code = 0;
  std::string reason;

  friend bool operator==(const client_left&, const client_left&) = default;
};

} // namespace rookery
