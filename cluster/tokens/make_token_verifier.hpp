#pragma once

#include "actors/token_verifier.hpp"
#include "configs/settings.hpp"

#include <memory>
#include <string>
#include <vector>

namespace rookery {

/// The result of reading the keys in the settings. Each text begins with the
/// name of its setting and names a key by its place in the list or its file; it
/// contains no secret.
struct token_setup {
  std::unique_ptr<token_verifier> verifier; ///< null if there are errors
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// Reads all keys, also those in files. Without any key, every token is
/// invalid. Secrets that can be guessed are errors unless `is_insecure`.
token_setup make_token_verifier(const settings::token_settings& given,
                                bool is_insecure = false);

} // namespace rookery
