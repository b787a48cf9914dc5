#pragma once

#include "actors/client/client_index.hpp"

namespace rookery {

class bus_access;
class channel_table;
class loop;
class wall_clock;

/// What the plain protocol lets clients do.
struct plain_rules {
  bool publish = true;
  bool subscribe = true;
};

/// What the connections of one loop share. Owned by the node, outlives them.
struct loop_services {
  loop& home;
  channel_table& channels;
  bus_access& bus;
  plain_rules rules;
  /// Those that backends can name.
  client_index clients = {};
  /// Null: no token ever expires.
  const wall_clock* clock = nullptr;
};

} // namespace rookery
