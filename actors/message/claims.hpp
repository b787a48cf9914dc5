#pragma once

#include "actors/text/string_map.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The claims of clients' tokens.
namespace rookery {

/// Bytes that a backend sends to clients in a token, passed on unchanged.
struct claim_data {
  std::string bytes;    ///< empty: none
  bool is_json = false; ///< the bytes can be embedded in JSON unchanged

  bool operator==(const claim_data&) const = default;
};

/// The changes of a token to a channel's options; unset: none.
struct channel_overrides {
  std::optional<bool> presence;
  std::optional<bool> join_leave;
  std::optional<bool> force_push_join_leave;
  std::optional<bool> force_recovery;
  std::optional<bool> force_positioning;

  bool operator==(const channel_overrides&) const = default;
};

/// A channel to which a connection token subscribes its bearer.
struct granted_channel {
  claim_data info; ///< of the subscriber, for presence, join and leave
  claim_data data; ///< for the subscriber, with the subscription
  channel_overrides overrides;

  bool operator==(const granted_channel&) const = default;
};

/// The claims of a connection token. Channel names are copied from the token
/// and only checked not to be empty.
struct connection_claims {
  std::string user; ///< empty: anonymous
  /// The end of the connection unless it is refreshed; unset: never.
  std::optional<std::chrono::sys_seconds> expires_at;
  claim_data info;
  /// Subscribed by the server without options; ignored if there are `subs`.
  std::vector<std::string> channels;
  string_map<granted_channel> subs; ///< subscribed by the server
  std::string meta; ///< JSON that never goes to a client; empty: none

  bool operator==(const connection_claims&) const = default;
};

/// Returns true if the claims subscribe their bearer to `channel`. `channels`
/// count only without `subs`.
inline bool grants(const connection_claims& claims, std::string_view channel) {
  if (!claims.subs.empty())
    return claims.subs.contains(channel);
  return std::ranges::find(claims.channels, channel) != claims.channels.end();
}

/// The claims of a subscription token. Callers must compare `user` with the
/// connection's user, `client`, if set, with the connection's client id, and
/// `channel` with the requested channel.
struct subscription_claims {
  std::string user;    ///< empty: anonymous
  std::string channel; ///< never empty
  std::string client;  ///< empty: any
  claim_data info;
  /// The end of the subscription unless it is refreshed; unset: never.
  std::optional<std::chrono::sys_seconds> expires_at;
  channel_overrides overrides;

  bool operator==(const subscription_claims&) const = default;
};

} // namespace rookery
