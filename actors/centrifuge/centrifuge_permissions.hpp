#pragma once

#include "actors/centrifuge/centrifuge_codes.hpp"
#include "actors/channel/namespaces.hpp"
#include "actors/message/close_reason.hpp"

#include <optional>
#include <string_view>
#include <variant>

/// Who may do what in the Centrifuge protocol, as far as namespaces and the
/// channel's name say it; centrifuge_tokens.hpp judges the tokens.
namespace rookery {

/// Why a command is not carried out: the client gets an error, or its
/// connection ends.
using centrifuge_refusal = std::variant<centrifuge_fault, close_reason>;

/// Whether a client may name that channel at all; whether it may do something
/// there is another question.
std::optional<centrifuge_refusal>
check_client_channel(const namespaces& names, std::string_view channel);

/// Whether `channel` is closed to all but those who have a token for it (`$` in
/// front) or whose user stands behind its `#`.
bool is_restricted(std::string_view channel) noexcept;

/// Whether `user`, not an anonymous one, stands behind the last `#` of
/// `channel`: a comma-separated list.
bool is_listed(std::string_view channel, std::string_view user) noexcept;

/// One client's question about one channel.
struct permission_query {
  const channel_options& options;
  std::string_view channel;
  /// Empty: anonymous.
  std::string_view user;
  bool is_subscribed = false;
};

/// Whether the client may subscribe without a token for the channel.
bool may_subscribe(const permission_query& who) noexcept;

/// Whether the client may do what `allowed` (`&channel_options::allow_publish`,
/// for instance) says. Restricted channels are closed for that, too, to those
/// who could not subscribe.
bool may(bool channel_options::*allowed, const permission_query& who) noexcept;

/// Returns `options` with the action `allowed` open to everybody: a backend
/// decides who may do it.
channel_options unlocked(channel_options options,
                         bool channel_options::*allowed) noexcept;

} // namespace rookery
