#pragma once

#include "actors/token_verifier.hpp"

#include <chrono>
#include <string>
#include <string_view>

/// Functions that read the payload of a token after its signature was verified.
/// Unknown claims are ignored, known ones must have their type; null counts as
/// absent, except for times.
namespace rookery {

/// The conditions for all tokens.
struct token_policy {
  std::string audience; ///< in `aud`, a string or a list; empty: any
  std::string issuer;   ///< `iss`; empty: any
  /// The time by which the clock of an issuer may run ahead: tokens are good
  /// that much before their `nbf`.
  std::chrono::seconds leeway{0};
};

/// Reads a connection token. One with a `channel` is invalid: it is a
/// subscription token.
token_verdict<connection_claims>
read_connection_claims(std::string_view payload, const token_policy& policy,
                       std::chrono::sys_seconds now);

/// Reads a subscription token.
token_verdict<subscription_claims>
read_subscription_claims(std::string_view payload, const token_policy& policy,
                         std::chrono::sys_seconds now);

} // namespace rookery
