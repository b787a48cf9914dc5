#pragma once

#include "actors/centrifuge/centrifuge_permissions.hpp"
#include "actors/message/claims.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What the tokens of the Centrifuge protocol let clients do.
namespace rookery {

struct centrifuge_services;

/// How long a client has for a new token after its old one is over.
inline constexpr std::chrono::seconds refresh_grace{25};

/// Who a client is.
struct centrifuge_identity {
  std::string user;      ///< empty: anonymous
  std::string client;    ///< id of this connection
  std::string conn_info; ///< JSON; empty: none
};

template <class Claims>
using claims_or_refusal = std::variant<Claims, centrifuge_refusal>;

/// Judges the token of a connect command, maybe an empty one.
claims_or_refusal<connection_claims>
judge_connect(const centrifuge_services& services, std::string_view token);

/// Judges the token of a refresh command of that user.
claims_or_refusal<connection_claims>
judge_refresh(const centrifuge_services& services, std::string_view token,
              std::string_view user);

/// Judges the token of a subscribe command of that client.
claims_or_refusal<subscription_claims>
judge_subscribe(const centrifuge_services& services, std::string_view token,
                std::string_view channel, const centrifuge_identity& who);

/// Judges the token of a sub_refresh command, likewise.
claims_or_refusal<subscription_claims>
judge_sub_refresh(const centrifuge_services& services, std::string_view token,
                  std::string_view channel, const centrifuge_identity& who);

/// What a subscription is granted.
struct subscription_grant {
  channel_options options;
  bool force_positioning = false;
  std::string info;                                   ///< JSON; empty: none
  std::string data;                                   ///< JSON; empty: none
  std::optional<std::chrono::sys_seconds> expires_at; ///< none: never
};

/// A grant of `options` as a token changes them.
subscription_grant grant_of(const channel_options& options,
                            const channel_overrides& changes);

} // namespace rookery
