#include "cluster/admin/metrics_text.hpp"

#include "cluster/admin/meters_sum.hpp"
#include "cluster/admin/metrics_writer.hpp"

#include <chrono>
#include <vector>

namespace rookery {

namespace {

using type = metrics_writer::type;

void write_node(metrics_writer& out, const node_facts& of,
                const node_counts& counts) {
  out.family("rookery_build_info", type::gauge, "Always 1.");
  out.sample(
    1, {{"version", of.version}, {"bus", of.has_redis ? "redis" : "local"}});
  out.only("process_resident_memory_bytes", type::gauge,
           "Memory of the process in RAM.", of.process.resident_bytes);
  out.only("process_start_time_seconds", type::gauge,
           "When the process started, in seconds of Unix time.",
           of.process.start_time);
  out.only("rookery_ready", type::gauge,
           "Whether what is published comes back and the node takes clients.",
           of.is_ready ? 1 : 0);
  out.only("rookery_other_nodes", type::gauge,
           "Nodes of the cluster that this one knows of beside itself.",
           of.other_nodes);
  out.only("rookery_strange_nodes", type::gauge,
           "Nodes whose messages are refused: another secret or clock.",
           of.strangers);
  out.only("rookery_users", type::gauge, "Different users of the clients.",
           counts.users);
  out.only("rookery_channels", type::gauge,
           "Channels with members, counted on each loop.", counts.channels);
  out.only("rookery_subscriptions", type::gauge, "Members of all channels.",
           counts.subscriptions);
}

void write_clients(metrics_writer& out, const loop_meters& of) {
  out.family("rookery_connections", type::gauge, "Open connections.");
  for (const auto& [protocol, open] : of.actors.connections)
    out.sample(open, {{"protocol", protocol}});
  out.only("rookery_publications_total", type::counter,
           "Publications handed to channels, once for each loop with members.",
           of.actors.publications);
  out.only("rookery_deliveries_total", type::counter,
           "Publications that members have taken.", of.actors.deliveries);
  out.only("rookery_sent_bytes_total", type::counter,
           "Bytes that the kernel took for clients.", of.sockets.bytes_sent);
  out.only("rookery_received_bytes_total", type::counter,
           "Bytes read from clients.", of.sockets.bytes_received);
  out.only("rookery_queued_bytes", type::gauge,
           "Bytes that wait for clients to read.", of.queued_bytes);
  out.only("rookery_commands", type::gauge,
           "Commands of clients that the bus or a backend has not carried out "
           "yet.",
           of.commands);
  out.only("rookery_command_bytes", type::gauge,
           "Bytes of those and of the answers they may bring.",
           of.command_bytes);
  out.only("rookery_held_connections", type::gauge,
           "Clients that are not read because their commands wait.",
           of.actors.held);
  out.only("rookery_held_bytes", type::gauge,
           "Bytes of their input that the node has read.",
           of.actors.held_bytes);
  out.only("rookery_slow_consumer_closes_total", type::counter,
           "Clients closed because they read too slowly.",
           of.sockets.slow_closes);
  const auto& refusals = of.sockets.refusals;
  out.family("rookery_limit_refusals_total", type::counter,
             "Clients refused or cut because they reached a limit.");
  out.sample(refusals.address_connections, {{"limit", "address_connections"}});
  out.sample(refusals.address_handshakes, {{"limit", "address_handshakes"}});
  out.sample(refusals.address_tokens, {{"limit", "address_tokens"}});
  out.sample(refusals.user_connections, {{"limit", "user_connections"}});
  out.sample(refusals.input_memory, {{"limit", "input_memory"}});
  out.sample(refusals.new_channels, {{"limit", "new_channels"}});
  out.family("rookery_rate_waits_total", type::counter,
             "Times that a client was not read for a while because it had used "
             "up its rate.");
  out.sample(of.sockets.waits.commands, {{"limit", "commands"}});
  out.sample(of.sockets.waits.bytes, {{"limit", "bytes"}});
  out.only("rookery_fan_out_duration_seconds", type::histogram,
           "From the bus's first sight of a publication until all members of a "
           "loop have it.",
           of.actors.fan_out);
}

void write_histories(metrics_writer& out, const stream_counters& of) {
  out.family("rookery_gaps_total", type::counter,
             "Places in histories where publications were missing.");
  out.sample(of.gaps_found, {{"state", "found"}});
  out.sample(of.gaps_filled, {{"state", "filled"}});
  out.sample(of.gaps_unfillable, {{"state", "unfillable"}});
  out.only("rookery_repaired_publications_total", type::counter,
           "Publications read from the history because they had not come.",
           of.publications_repaired);
  out.only("rookery_duplicate_publications_total", type::counter,
           "Publications that had come before.", of.duplicates);
  out.only("rookery_history_reads_total", type::counter,
           "Reads of histories by channels.", of.reads);
  out.only("rookery_member_lags_total", type::counter,
           "Times that a client had no room for a publication and got it later "
           "from the history.",
           of.lags);
}

void write_loops(metrics_writer& out, const std::vector<loop_meters>& loops,
                 const loop_meters& sum) {
  out.family("rookery_loop_turn_duration_seconds", type::histogram,
             "What a loop does at a time before it asks for news.");
  for (std::size_t i = 0; i < loops.size(); ++i)
    out.sample(loops[i].sockets.turns, {{"loop", std::to_string(i)}});
  out.family("rookery_actors", type::gauge, "Actors on the loops.");
  for (const auto& [kind, meters] : sum.kinds)
    out.sample(meters.actors, {{"kind", kind}});
  out.only("rookery_actor_errors_total", type::counter,
           "Exceptions that actors have thrown; the log has them.",
           sum.actors.errors);
  out.family("rookery_mailbox_messages", type::gauge,
             "Messages that wait for actors.");
  for (const auto& [kind, meters] : sum.kinds)
    out.sample(meters.queued_messages, {{"kind", kind}});
}

bus_meters sum_of(const std::vector<bus_meters>& buses) {
  bus_meters sum;
  for (const auto& each : buses) {
    sum.published += each.published;
    sum.received += each.received;
    sum.dropped += each.dropped;
    sum.commands += each.commands;
  }
  return sum;
}

void write_buses(metrics_writer& out, const bus_meters& of) {
  out.only("rookery_bus_published_total", type::counter,
           "Publications given to the bus by this node.", of.published);
  out.only("rookery_bus_received_total", type::counter,
           "Publications that came from the bus.", of.received);
  out.only("rookery_bus_dropped_total", type::counter,
           "Publications not handed to a loop that was too far behind.",
           of.dropped);
}

void write_redis(metrics_writer& out, const redis_meters& of,
                 const latency_histogram& commands) {
  using seconds = std::chrono::duration<double>;
  out.family("rookery_redis_link_up", type::gauge,
             "Whether a connection to Redis stands and everything is wanted on "
             "it.");
  out.sample(of.publish_link_up ? 1 : 0, {{"link", "publish"}});
  out.sample(of.subscribe_link_up ? 1 : 0, {{"link", "subscribe"}});
  out.only("rookery_redis_probe_round_trip_seconds", type::gauge,
           "How long the last probe took from publishing to receiving.",
           seconds{of.probe_round_trip}.count());
  out.only("rookery_redis_probe_misses_total", type::counter,
           "Probes that did not come back in time.", of.probe_misses);
  out.only("rookery_redis_command_duration_seconds", type::histogram,
           "From sending a command to Redis to its answer.", commands);
  out.only("rookery_redis_unanswered_commands", type::gauge,
           "Commands that Redis has not answered yet.", of.unanswered);
  out.only("rookery_redis_unanswered_bytes", type::gauge, "Bytes of those.",
           of.unanswered_bytes);
  out.family("rookery_redis_subscriptions", type::gauge,
             "Channels that this node subscribes to.");
  out.sample(of.wanted, {{"state", "wanted"}});
  out.sample(of.confirmed, {{"state", "confirmed"}});
  out.sample(of.refused, {{"state", "refused"}});
  out.family("rookery_redis_link_failures_total", type::counter,
             "Connections to Redis that were lost or failed.");
  out.sample(of.publish_failures, {{"link", "publish"}});
  out.sample(of.subscribe_failures, {{"link", "subscribe"}});
  out.family("rookery_redis_errors_total", type::counter,
             "Errors that Redis has answered, by their first word.");
  for (const auto& [link, error, count] : of.errors)
    out.sample(count, {{"link", link}, {"error", error}});
}

} // namespace

std::string metrics_text(const node_facts& of) {
  const auto sum = sum_of(of.loops);
  const auto buses = sum_of(of.buses);
  metrics_writer out;
  write_node(out, of, sum.counts);
  write_clients(out, sum);
  write_histories(out, sum.streams);
  write_loops(out, of.loops, sum);
  write_buses(out, buses);
  for (const auto& each : of.buses)
    if (each.redis)
      write_redis(out, *each.redis, buses.commands);
  return out.take();
}

} // namespace rookery
