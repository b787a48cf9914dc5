#pragma once

#include "actors/message/control.hpp"
#include "actors/record/meters.hpp"
#include "actors/record/stream_counters.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace rookery {

/// The counters of one loop, and the sums over its actors.
struct loop_meters {
  struct kind_meters {
    std::uint64_t actors = 0;
    std::uint64_t queued_messages = 0;

    bool operator==(const kind_meters&) const = default;
  };

  socket_meters sockets;
  actor_meters actors;
  stream_counters streams;
  node_counts counts;
  std::uint64_t queued_bytes = 0; ///< of all output queues
  /// The credit that clients have spent and not got back yet.
  std::uint64_t commands = 0;
  std::uint64_t command_bytes = 0;
  std::map<std::string, kind_meters> kinds;
};

} // namespace rookery
