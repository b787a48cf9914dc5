#pragma once

#include "actors/message/claims.hpp"

#include <string_view>
#include <variant>

namespace rookery {

/// A token with a good signature whose `exp` or `expire_at` is over: the client
/// may come back with a fresh one.
struct token_expired {};

/// A token that cannot be trusted.
struct token_invalid {
  /// The reason, for the log only: one of a fixed set of literals, so that it
  /// holds no part of a token or key.
  std::string_view reason;
};

/// The judgement of a token: its claims, or why it is not accepted.
template <class Claims>
using token_verdict = std::variant<Claims, token_expired, token_invalid>;

/// Judges the tokens (JWT, RFC 7519) that clients present. Safe from every
/// thread. Reads no clock: compares `now` with `exp`, `expire_at` (over from
/// that second on), `nbf` and `iat` (good from that second on), without leeway.
class token_verifier {
public:
  virtual ~token_verifier() = default;

  /// Judges the token of a connect or refresh request.
  virtual token_verdict<connection_claims>
  verify_connection(std::string_view token,
                    std::chrono::sys_seconds now) const = 0;

  /// Judges the token of a subscribe or sub_refresh request.
  virtual token_verdict<subscription_claims>
  verify_subscription(std::string_view token,
                      std::chrono::sys_seconds now) const = 0;
};

} // namespace rookery
