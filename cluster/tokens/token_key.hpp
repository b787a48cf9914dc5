#pragma once

#include "cluster/tokens/token_algorithm.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace rookery {

/// A key that verifies tokens, bound to its algorithms: an RSA key never serves
/// as a secret, nor a P-384 key for ES256. Immutable, safe from every thread.
class token_key {
public:
  virtual ~token_key() = default;

  /// Returns true if this key may sign tokens that name `algorithm`.
  virtual bool is_for(token_algorithm algorithm) const noexcept = 0;

  /// Returns true if `signature` is that of `text`; with ES it is r followed by
  /// s (RFC 7518, section 3.4). `is_for(algorithm)` must hold. Secrets are
  /// compared in constant time.
  virtual bool verify(token_algorithm algorithm, std::string_view text,
                      std::string_view signature) const = 0;
};

/// The reason why a text is not a key; contains no part of that text.
struct bad_key {
  std::string_view text;
};

using token_key_ptr = std::unique_ptr<const token_key>;
using token_key_result = std::variant<token_key_ptr, bad_key>;

/// The smallest secret in bytes that RFC 7518, section 3.2, allows.
inline constexpr std::size_t safe_secret_size = 32;

/// Makes a key of HS256, HS384 and HS512.
token_key_result make_secret_key(std::string secret);

/// Reads one public key in PEM: RSA of 2048 bits or more for RS256, RS384 and
/// RS512; P-256, P-384 or P-521 for ES256, ES384 or ES512.
token_key_result read_public_key(std::string_view pem);

} // namespace rookery
