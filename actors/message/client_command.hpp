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

/// The commands of backends about clients. Immutable once sent.
namespace rookery {

/// Subscribes clients to a channel, as the server's own subscription.
struct subscribe_action {
  std::string channel;
  /// The end of the subscription; none: never.
  std::optional<std::chrono::sys_seconds> expires_at;
  granted_channel grant;
  /// The position to recover from; none: only new publications.
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
  /// Ids of clients that stay.
  std::vector<std::string> except;

  bool operator==(const disconnect_action&) const = default;
};

/// Sets when the clients' connections end.
struct refresh_action {
  /// They end now.
  bool has_expired = false;
  /// The new end; none: never.
  std::optional<std::chrono::sys_seconds> expires_at;

  bool operator==(const refresh_action&) const = default;
};

struct client_command {
  /// The user of the clients; empty: the anonymous ones.
  std::string user;
  /// The one it is about; empty: all of that user.
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
