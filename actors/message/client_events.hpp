#pragma once

#include <cstdint>
#include <string>

namespace rookery {

/// A client of this node is connected from now on: the bus will tell the
/// backend when it is gone, whatever becomes of this node.
struct client_entered {
  std::string client;
  std::string user; ///< empty: anonymous

  friend bool operator==(const client_entered&,
                         const client_entered&) = default;
};

/// Ends what `client_entered` began.
struct client_left {
  std::string client;
  std::string user;
  /// Why, as the client was told or would have been.
  std::uint16_t code = 0;
  std::string reason;

  friend bool operator==(const client_left&, const client_left&) = default;
};

} // namespace rookery
