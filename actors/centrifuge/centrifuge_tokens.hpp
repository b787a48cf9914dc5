#pragma once

#include "actors/centrifuge/centrifuge_refusal.hpp"
#include "actors/client/client_identity.hpp"
#include "actors/message/claims.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

/// The judgement of tokens of the Centrifuge protocol.
namespace rookery {

struct centrifuge_services;

/// The refusal of a command for the sake of its token, or for want of one.
struct token_refusal {
  centrifuge_refusal how;
  /// The cause, for records only; empty: `how` says it all.
  std::string cause = {};
  /// The user named by a token with a good signature.
  std::string user = {};
};

template <class Claims>
using claims_or_refusal = std::variant<Claims, token_refusal>;

/// Judges the token of a connect command; the token may be empty.
claims_or_refusal<connection_claims>
judge_connect(const centrifuge_services& services, std::string_view token);

/// Judges the token of a refresh command of this user.
claims_or_refusal<connection_claims>
judge_refresh(const centrifuge_services& services, std::string_view token,
              std::string_view user);

/// Judges the token of a subscribe command of this client.
claims_or_refusal<subscription_claims>
judge_subscribe(const centrifuge_services& services, std::string_view token,
                std::string_view channel, const client_identity& who);

/// Judges the token of a sub_refresh command, likewise.
claims_or_refusal<subscription_claims>
judge_sub_refresh(const centrifuge_services& services, std::string_view token,
                  std::string_view channel, const client_identity& who);

} // namespace rookery
