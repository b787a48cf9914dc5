#pragma once

#include "cluster/tokens/token_key.hpp"

#include <optional>
#include <vector>

namespace rookery {

/// A signature and the text that it signs.
struct token_signature {
  token_algorithm algorithm;
  std::optional<std::string> key_id; ///< `kid` of the token
  std::string_view text;             ///< header and payload as they were sent
  std::string_view bytes;
};

/// The result of checking a signature.
enum class signature_verdict : std::uint8_t {
  good,
  no_key, ///< no key has the token's algorithm and, if given, name
  wrong,
};

/// All keys that verify one kind of token.
class token_keys {
public:
  /// Adds a key. One with a name serves tokens that name it, and those that
  /// name none; one without a name serves all tokens.
  void add(std::optional<std::string> name, token_key_ptr key);

  bool empty() const noexcept { return keys_.empty(); }

  bool contains(std::string_view name) const noexcept;

  /// Checks the signature with every suitable key. Safe from every thread.
  signature_verdict verify(const token_signature& signature) const;

private:
  struct entry {
    std::optional<std::string> name;
    token_key_ptr key;
  };

  std::vector<entry> keys_;
};

} // namespace rookery
