#include "cluster/admin/meters_sum.hpp"

namespace rookery {

loop_meters sum_of(const std::vector<loop_meters>& loops) {
  loop_meters sum;
  for (const auto& each : loops) {
    sum.sockets.bytes_sent += each.sockets.bytes_sent;
    sum.sockets.bytes_received += each.sockets.bytes_received;
    sum.sockets.slow_closes += each.sockets.slow_closes;
    sum.sockets.refusals += each.sockets.refusals;
    sum.sockets.waits += each.sockets.waits;
    for (const auto& [protocol, open] : each.actors.connections)
      sum.actors.connections[protocol] += open;
    sum.actors.held += each.actors.held;
    sum.actors.held_bytes += each.actors.held_bytes;
    sum.actors.publications += each.actors.publications;
    sum.actors.deliveries += each.actors.deliveries;
    sum.actors.errors += each.actors.errors;
    sum.actors.fan_out += each.actors.fan_out;
    sum.streams.gaps_found += each.streams.gaps_found;
    sum.streams.gaps_filled += each.streams.gaps_filled;
    sum.streams.gaps_unfillable += each.streams.gaps_unfillable;
    sum.streams.publications_repaired += each.streams.publications_repaired;
    sum.streams.duplicates += each.streams.duplicates;
    sum.streams.reads += each.streams.reads;
    sum.streams.lags += each.streams.lags;
    sum.counts += each.counts;
    sum.queued_bytes += each.queued_bytes;
    sum.commands += each.commands;
    sum.command_bytes += each.command_bytes;
    for (const auto& [kind, meters] : each.kinds) {
      sum.kinds[kind].actors += meters.actors;
      sum.kinds[kind].queued_messages += meters.queued_messages;
    }
  }
  return sum;
}

} // namespace rookery
