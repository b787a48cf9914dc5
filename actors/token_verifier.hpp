#pragma once

#include "actors/message/claims.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace rookery {

/// A good token at a wrong time: its `exp` or `expire_at` is over, or its `nbf`
/// has not come. The client may come back with a fresh one.
struct token_untimely {
  /// The cause, for records: holds no part of a token or key.
  std::string cause;
  std::string user; ///< `sub`
};

/// A token that cannot be trusted, or that has a claim which is not understood.
struct token_invalid {
  /// The cause, likewise; names the claim or the part of the token.
  std::string cause;
  std::string user; ///< `sub`; empty unless the signature is good
};

/// The judgement of a token: its claims, or why it is not accepted.
template <class Claims>
using token_verdict = std::variant<Claims, token_untimely, token_invalid>;

/// Judges the tokens (JWT, RFC 7519) that clients present. Safe from every
/// thread. Reads no clock: compares `now` with `exp`, `expire_at` (over from
/// that second on) and `nbf` (good from that second on). `iat` is no condition
/// (RFC 7519, section 4.1.6): clocks differ.
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
