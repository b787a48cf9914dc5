#pragma once

#include "actors/client/client_index.hpp"

namespace rookery {

class bus_access;
class channel_table;
class loop;
class wall_clock;
struct client_credits;

/// The rights that the plain protocol gives to clients.
struct plain_rules {
  bool publish = true;
  bool subscribe = true;
};

/// The services that the connections of one loop share. Owned by the node, they
/// outlive the connections.
struct loop_services {
  loop& home;
  channel_table& channels;
  bus_access& bus;
  client_credits& credits;
  plain_rules rules;
  /// The clients that backends can address.
  client_index clients = {};
  /// Null if no token ever expires.
  const wall_clock* clock = nullptr;
};

} // namespace rookery
