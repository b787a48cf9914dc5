#pragma once

#include "actors/token_verifier.hpp"

#include <chrono>
#include <string>
#include <string_view>

/// Reads the payloads of tokens whose signature is good. Unknown claims are
/// ignored, known ones must be of their type; null is as good as absent, but
/// not for times.
namespace rookery {

/// What all tokens must say besides; empty: no matter what they say.
struct token_policy {
  std::string audience; ///< in `aud`, a string or a list
  std::string issuer;   ///< `iss`
};

/// Reads a connection token. One with a `channel` is invalid: a subscription
/// token lets nobody connect.
token_verdict<connection_claims>
read_connection_claims(std::string_view payload, const token_policy& policy,
                       std::chrono::sys_seconds now);

/// Reads a subscription token.
token_verdict<subscription_claims>
read_subscription_claims(std::string_view payload, const token_policy& policy,
                         std::chrono::sys_seconds now);

} // namespace rookery
