#pragma once

#include "actors/token_verifier.hpp"
#include "cluster/tokens/token_claims.hpp"
#include "cluster/tokens/token_keys.hpp"

namespace rookery {

/// The largest token in bytes.
inline constexpr std::size_t max_token_size = 16 * 1024;

/// Verifies signed tokens: compact JWS (RFC 7515) with the nine algorithms of
/// `token_algorithm`. Reads nothing after the header until the signature is
/// verified. Refuses `crit`, as it understands no extension.
class jwt_verifier final : public token_verifier {
public:
  /// If `subscription_keys` is empty, `keys` verify subscription tokens, too.
  jwt_verifier(token_keys keys, token_keys subscription_keys,
               token_policy policy);

  token_verdict<connection_claims>
  verify_connection(std::string_view token,
                    std::chrono::sys_seconds now) const override;

  token_verdict<subscription_claims>
  verify_subscription(std::string_view token,
                      std::chrono::sys_seconds now) const override;

private:
  token_keys keys_;
  token_keys subscription_keys_;
  token_policy policy_;
};

} // namespace rookery
