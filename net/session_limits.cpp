#include "net/session_limits.hpp"

#include "configs/settings.hpp"
#include "net/descriptor_bounds.hpp"

namespace rookery {

namespace {

/// Administrators served at once when clients fill the node: live streams,
/// consoles, scrapers.
constexpr std::size_t admin_places = 64;

} // namespace

session_limits limits_of(const settings& from) {
  const auto& listen = from.listen;
  session_limits result;
  result.max_message = listen.max_message;
  result.output_queue = listen.output_queue;
  result.send_buffer = listen.send_buffer;
  result.max_connections = listen.max_connections;
  result.ping_interval = listen.ping_interval;
  result.pong_timeout = listen.pong_timeout;
  result.handshake_timeout = listen.handshake_timeout;
  result.keep_alive = listen.keep_alive;
  result.input = {listen.bytes_per_connection};
  const auto bounds = own_descriptor_bounds();
  result.max_descriptor = bounds.clients;
  result.max_backend_descriptor = bounds.backends;
  return result;
}

session_limits admin_limits_of(session_limits others) {
  others.max_connections += others.surplus_clients + admin_places;
  others.surplus_clients = 0;
  others.max_descriptor = own_descriptor_bounds().admin;
  return others;
}

} // namespace rookery
