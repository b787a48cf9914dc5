#pragma once

#include "actors/channel/namespaces.hpp"
#include "actors/message/claims.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace rookery {

/// The terms on which a client may subscribe to a channel.
struct subscription_grant {
  channel_options options;
  bool force_positioning = false;
  std::string info;                                   ///< JSON; empty: none
  std::string data;                                   ///< JSON; empty: none
  std::optional<std::chrono::sys_seconds> expires_at; ///< none: never
};

/// Returns a grant of `options` with the changes of a token.
subscription_grant grant_of(const channel_options& options,
                            const channel_overrides& changes);

} // namespace rookery
