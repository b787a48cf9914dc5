#pragma once

#include "actors/runtime/token_bucket.hpp"
#include "actors/runtime/turn_share.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace rookery {

struct settings;

/// The limits of a client: sizes in bytes, waits, counts. Limits with a default
/// here are not configurable; the others come from the `listen` group.
struct session_limits {
  /// The largest message or request body.
  std::size_t max_message = 1024 * 1024;

  /// The bytes that may wait for a client that does not read before it is
  /// closed as a slow consumer; four times as many for one that reads. Every
  /// queued frame counts 32 bytes besides its own.
  std::size_t output_queue = 1024 * 1024;

  /// Output that the kernel may hold besides: SO_SNDBUF, which it doubles.
  std::size_t send_buffer = 128 * 1024;

  /// Clients of all loops together. Idle HTTP connections give way to further
  /// ones; then these get `surplus_clients` places to ask for the node's
  /// health, and 503 for everything else.
  std::size_t max_connections = 100'000;

  std::size_t surplus_clients = 256;

  /// Descriptors below these numbers are for clients and for requests to
  /// backends; see `descriptor_bounds`.
  std::size_t max_descriptor = std::numeric_limits<int>::max();
  std::size_t max_backend_descriptor = std::numeric_limits<int>::max();

  std::chrono::milliseconds ping_interval{25'000};
  std::chrono::milliseconds pong_timeout{10'000};

  /// The time for which a turn of the loop sends; then the next turn begins.
  std::chrono::milliseconds flush_share = turn_share;

  /// From the first moment of a request to its last byte.
  std::chrono::milliseconds handshake_timeout{8'000};

  /// The time that a client waits for its 101 or 200 while the bus is not
  /// ready.
  std::chrono::milliseconds open_wait{1'000};

  /// The time for a message to complete, because an unfinished one holds a
  /// reader of the loop.
  std::chrono::milliseconds message_timeout{30'000};

  /// From our close frame to the client's.
  std::chrono::milliseconds close_timeout{5'000};

  /// The time for which a client may take nothing of a queue that has reached
  /// its limit. A client that reads takes something within a round trip.
  std::chrono::milliseconds output_patience{1'000};

  /// From our last byte to the end of the client's stream.
  std::chrono::milliseconds linger_timeout{2'000};

  /// The same for a client that does not read.
  std::chrono::milliseconds unread_timeout{1'000};

  /// The idle time of an HTTP connection between two requests.
  std::chrono::milliseconds keep_alive{75'000};

  /// The interval of comments in event streams, shorter than the idle timeouts
  /// of common proxies.
  std::chrono::milliseconds sse_comment_interval{15'000};

  /// The reconnection time sent to event sources.
  std::chrono::milliseconds sse_retry{2'000};

  /// The bytes that are read from one WebSocket.
  act_rate input;

  /// The unsent output at which reading stops: a client that does not read
  /// answers gets no more of them.
  std::size_t read_pause = 256 * 1024;

  /// The input discarded after the last answer, so that the client can read it.
  std::size_t linger_bytes = 4 * 1024 * 1024;

  /// The bytes that a client may send into an event stream, where they have no
  /// meaning.
  std::size_t sse_input = 64 * 1024;

  /// Request line and header fields.
  std::size_t header_bytes = 16 * 1024;
  std::size_t header_fields = 100;

  /// Fragments without payload in one message, which cost time and have no use.
  unsigned empty_fragments = 128;
};

/// Returns the limits that `from` asks for, within the descriptors that this
/// process may open.
session_limits limits_of(const settings& from);

/// Returns the limits of administrators: places and descriptors that the
/// clients of `others` do not take.
session_limits admin_limits_of(session_limits others);

} // namespace rookery
