#pragma once

#include "actors/message/claims.hpp"
#include "actors/message/dictated_close.hpp"
#include "actors/message/publication_fields.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The commands with which backends act on clients. Immutable once sent.
namespace rookery {

/// Subscribes clients to a channel, as a server-side subscription.
struct subscribe_action {
  std::string channel;
  /// The end of the subscription; unset: never.
  std::optional<std::chrono::sys_seconds> expires_at;
  granted_channel grant;
  /// The position to recover from; unset: only new publications.
  std::optional<stream_position> since;

  bool operator==(const subscribe_action&) const = default;
};

/// Ends the clients' subscription to a channel.
struct unsubscribe_action {
  std::string channel;

  bool operator==(const unsubscribe_action&) const = default;
};

struct disconnect_action {
  dictated_close how;
  /// Ids of clients that stay subscribed.
  std::vector<std::string> except;

  bool operator==(const disconnect_action&) const = default;
};

/// Sets when the clients' connections end.
struct refresh_action {
  /// The connections end now.
  bool has_expired = false;
  /// The new end; unset: never.
  std::optional<std::chrono::sys_seconds> expires_at;

  bool operator==(const refresh_action&) const = default;
};

struct client_command {
  /// The user of the clients; empty: anonymous clients.
  std::string user;
  /// The id of the only client to act on; empty: all clients of the user.
  std::string client;
  std::variant<subscribe_action, unsubscribe_action, disconnect_action,
               refresh_action>
    action;

  bool operator==(const client_command&) const = default;

  bool is_for(std::string_view id) const noexcept {
    return client.empty() || client == id;
  }
};

using client_command_ptr = std::shared_ptr<const client_command>;

} // namespace rookery
