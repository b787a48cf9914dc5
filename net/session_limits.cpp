#include "net/session_limits.hpp"

#include "configs/settings.hpp"

namespace rookery {

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
  return result;
}

} // namespace rookery
