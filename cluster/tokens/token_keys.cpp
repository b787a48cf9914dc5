#include "cluster/tokens/token_keys.hpp"

#include <algorithm>

namespace rookery {

void token_keys::add(std::optional<std::string> name, token_key_ptr key) {
  keys_.push_back({std::move(name), std::move(key)});
}

bool token_keys::contains(std::string_view name) const noexcept {
  return std::ranges::any_of(
    keys_, [name](const entry& each) { return each.name == name; });
}

signature_verdict token_keys::verify(const token_signature& signature) const {
  auto result = signature_verdict::no_key;
  for (const auto& [name, key] : keys_) {
    if (!key->is_for(signature.algorithm))
      continue;
    // The name of a key is not secret: it only selects keys.
    if (signature.key_id && name && signature.key_id != name)
      continue;
    if (key->verify(signature.algorithm, signature.text, signature.bytes))
      return signature_verdict::good;
    result = signature_verdict::wrong;
  }
  return result;
}

} // namespace rookery
