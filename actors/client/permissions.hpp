#pragma once

#include "actors/channel/namespaces.hpp"

#include <string_view>

/// The permissions of clients that follow from namespaces and channel names
/// alone. Tokens are judged by the protocols.
namespace rookery {

/// Returns true if `channel` is closed to clients without a token for it: its
/// name begins with `$`, or lists its users after a `#`.
bool is_restricted(std::string_view channel) noexcept;

/// Returns true if the comma-separated list after the last `#` of `channel`
/// names `user`. An empty `user` is never named.
bool is_listed(std::string_view channel, std::string_view user) noexcept;

/// The client and the channel whose permissions are checked.
struct permission_query {
  const channel_options& options;
  std::string_view channel;
  /// The client's user; empty: anonymous.
  std::string_view user;
  bool is_subscribed = false;
};

/// Returns true if the client may subscribe without a token for the channel.
bool may_subscribe(const permission_query& who) noexcept;

/// Returns true if the client has the permission `allowed`: `allow_publish`,
/// `allow_presence` or `allow_history` of `channel_options`, or while it is
/// subscribed, the option of the same name for subscribers. In restricted
/// channels only clients that are subscribed or listed have any.
bool may(bool channel_options::*allowed, const permission_query& who) noexcept;

/// Returns `options` with the action `allowed` open to everybody, for actions
/// that a backend decides about.
channel_options unlocked(channel_options options,
                         bool channel_options::*allowed) noexcept;

} // namespace rookery
