#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

/// The commands of the Centrifuge client protocol (v2, client.proto), whatever
/// their encoding. All views and spans point into memory of the codec that
/// decoded them (see centrifuge_codec.hpp). Texts are unescaped, valid UTF-8;
/// payloads are bytes as the encoding embeds them, for JSON a slice of valid
/// JSON text, byte for byte. Fields that a client left out have their
/// default: an empty payload is an absent one.
namespace rookery {

/// The position of a client in the stream of a channel.
struct client_position {
  std::uint64_t offset = 0;
  std::string_view epoch;
};

/// Asks for a subscription and its options, which may not be granted.
struct subscribe_request {
  std::string_view channel;
  std::string_view token;
  std::string_view data; ///< payload
  std::string_view delta;
  /// The client's last publication; used only with `recover`.
  client_position since;
  std::int64_t flag = 0;
  std::int32_t type = 0;
  bool recover = false;
  bool positioned = false;
  bool recoverable = false;
  bool join_leave = false;
  /// True if the client asks for a filter by tags, which is not decoded.
  bool has_tag_filter = false;
};

/// Asks to be let in; the first command of a connection.
struct connect_request {
  std::string_view token;
  std::string_view data; ///< payload
  std::string_view name;
  std::string_view version;
  /// Positions in server-side subscriptions. A channel may occur twice.
  std::span<const subscribe_request> subs;
  /// Name and value. A name may occur twice.
  std::span<const std::pair<std::string_view, std::string_view>> headers;
};

struct unsubscribe_request {
  std::string_view channel;
};

struct publish_request {
  std::string_view channel;
  std::string_view data; ///< payload
};

struct presence_request {
  std::string_view channel;
};

struct presence_stats_request {
  std::string_view channel;
};

struct client_history_request {
  std::string_view channel;
  std::optional<client_position> since;
  /// The maximum number of publications; 0: only the position; negative: no
  /// limit from the client.
  std::int32_t limit = 0;
  bool reverse = false;
};

/// Replaces the connection's token.
struct refresh_request {
  std::string_view token;
};

/// Replaces a subscription's token.
struct sub_refresh_request {
  std::string_view channel;
  std::string_view token;
};

/// A message without reply.
struct send_request {
  std::string_view data; ///< payload
};

struct rpc_request {
  std::string_view method;
  std::string_view data; ///< payload
};

struct ping_request {};

/// The empty command: the answer to the server's ping.
struct pong {};

/// One command of a client.
struct centrifuge_command {
  /// The id to repeat in the reply. 0 in a pong; any in a `send_request`.
  std::uint32_t id = 0;
  std::variant<pong, connect_request, subscribe_request, unsubscribe_request,
               publish_request, presence_request, presence_stats_request,
               client_history_request, refresh_request, sub_refresh_request,
               send_request, rpc_request, ping_request>
    body;
};

} // namespace rookery
