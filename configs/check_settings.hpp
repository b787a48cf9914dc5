#pragma once

#include "configs/settings.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace rookery {

/// Checks the meaning of strings and how settings fit together, beyond the type
/// and range of single values. Returns every problem found, each beginning with
/// its key; none contains a secret.
std::vector<std::string> check_settings(const settings& given);

/// The smallest size in bytes of a secret that signs messages or tokens: one
/// message is enough to try guesses without asking a node.
inline constexpr std::size_t min_secret_size = 16;

/// The smallest size in bytes of a key that is sent: each guess is a request.
inline constexpr std::size_t min_key_size = 6;

/// Returns true if the node listens beyond this machine's loopback interface,
/// or trusts a proxy, which is supposed to.
bool is_exposed(const settings& given);

/// Returns true if there are keys to verify tokens with.
bool has_token_keys(const settings::token_settings& token);

} // namespace rookery
