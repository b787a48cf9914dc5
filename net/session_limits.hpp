#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace rookery {

struct settings;

/// What a client may take of a node: sizes in bytes, waits, counts. Those with
/// a default here are not configurable; the others come from the `listen`
/// group.
struct session_limits {
  /// The largest message or request body.
  std::size_t max_message = 1024 * 1024;

  /// What may wait for a client before its slow-consumer verdict falls. Every
  /// queued frame counts 32 bytes besides its own.
  std::size_t output_queue = 1024 * 1024;

  /// SO_SNDBUF: what the kernel may hold besides (it doubles the number).
  std::size_t send_buffer = 128 * 1024;

  /// Clients of all loops together; the next one gets 503.
  std::size_t max_connections = 100'000;

  std::chrono::milliseconds ping_interval{25'000};
  std::chrono::milliseconds pong_timeout{10'000};

  /// From the first moment of a request to its last byte.
  std::chrono::milliseconds handshake_timeout{8'000};

  /// How long a client waits for its 101 or 200 while the bus is not ready.
  std::chrono::milliseconds open_wait{1'000};

  /// An unfinished message holds a reader of the loop: not for ever.
  std::chrono::milliseconds message_timeout{30'000};

  /// From our close frame to the client's.
  std::chrono::milliseconds close_timeout{5'000};

  /// From our last byte to the end of the client's stream.
  std::chrono::milliseconds linger_timeout{2'000};

  /// The same for a client that does not read: it had its chance.
  std::chrono::milliseconds condemned_timeout{1'000};

  /// An HTTP connection between two requests.
  std::chrono::milliseconds keep_alive{60'000};

  /// Shorter than the idle timeouts of common proxies.
  std::chrono::milliseconds sse_comment_interval{15'000};

  /// What event sources are told to wait before they come back.
  std::chrono::milliseconds sse_retry{2'000};

  /// Unsent output that stops reading: whoever does not take our answers gets
  /// no more of them.
  std::size_t read_pause = 256 * 1024;

  /// Input thrown away behind the last answer, so that the client can read it.
  std::size_t linger_bytes = 4 * 1024 * 1024;

  /// What a client may send into an event stream, where it has nothing to say.
  std::size_t sse_input = 64 * 1024;

  /// Request line and header fields.
  std::size_t header_bytes = 16 * 1024;
  std::size_t header_fields = 100;

  /// Fragments without payload in one message: they cost us time and are of no
  /// use to anyone.
  unsigned empty_fragments = 128;
};

/// Returns the limits that `from` asks for.
session_limits limits_of(const settings& from);

} // namespace rookery
