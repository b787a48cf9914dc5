#pragma once

#include "actors/client/client_index.hpp"

#include <string_view>

namespace rookery {

class bus_access;
class channel_table;
class loop;
class wall_clock;
struct client_credits;

/// Counts what clients are refused for. Loop thread only.
class client_counter {
public:
  /// A client at `address` has sent an invalid token. Returns false if too many
  /// have come from there.
  virtual bool note_bad_token(std::string_view address) = 0;

  /// A client is refused because its user has too many connections.
  virtual void note_full_user() = 0;

protected:
  ~client_counter() = default;
};

/// The services that the connections of one loop share. Owned by the node, they
/// outlive the connections.
struct loop_services {
  loop& home;
  channel_table& channels;
  bus_access& bus;
  client_credits& credits;
  /// The clients that backends can address.
  client_index clients = {};
  /// Null if no token ever expires.
  const wall_clock* clock = nullptr;
  /// Null if nobody counts.
  client_counter* counter = nullptr;
};

} // namespace rookery
