#pragma once

#include "actors/token_verifier.hpp"
#include "configs/settings.hpp"

#include <memory>
#include <string>
#include <vector>

namespace rookery {

/// What came of the keys in the settings. Each text begins with the setting it
/// is about and names a key by its place in the list or its file; none tells a
/// secret.
struct token_setup {
  std::unique_ptr<token_verifier> verifier; ///< null if there are errors
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// Reads all keys, also those in files. Without any key the verifier finds
/// every token invalid.
token_setup make_token_verifier(const settings::token_settings& given);

} // namespace rookery
