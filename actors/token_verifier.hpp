#pragma once

#include "actors/message/claims.hpp"

#include <string_view>
#include <variant>

namespace rookery {

/// A token with a good signature whose time, or its bearer's, is over: the
/// client may come back with a fresh one.
struct token_expired {};

/// A token that nothing can be believed of.
struct token_invalid {
  /// Why, for the log and for nobody else: one of a fixed set of texts, so that
  /// it holds no part of a token or key. Lives as long as the program.
  std::string_view reason;
};

/// What is to be thought of a token.
template <class Claims>
using token_verdict = std::variant<Claims, token_expired, token_invalid>;

/// Judges the tokens (JWT, RFC 7519) that clients present. Safe from every
/// thread. Knows no clock: `now` decides of `exp`, `expire_at` (over from that
/// second on), `nbf` and `iat` (good from that second on), without leeway.
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
