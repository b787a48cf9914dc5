#pragma once

#include <string>

namespace rookery {

/// The identity of a client on one connection.
struct client_identity {
  std::string user;      ///< empty: anonymous
  std::string client;    ///< id of this connection
  std::string conn_info; ///< JSON; empty: none
};

} // namespace rookery
