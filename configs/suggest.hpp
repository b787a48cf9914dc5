#pragma once

#include <string>
#include <string_view>

namespace rookery {

/// Returns the known key that `key` is most likely meant to be, or nothing. A
/// key without a group is compared with names alone ("port"); within a
/// namespace only its group and its option are.
std::string suggest_key(std::string_view key);

/// Returns the known group that `name` is most likely meant to be, or nothing.
std::string suggest_group(std::string_view name);

/// Says what may be wrong with the unknown key, to end an error with: "; did
/// you mean --listen.port?" where `prefix` is "--". Empty if nothing comes to
/// mind.
std::string key_hint(std::string_view key, std::string_view prefix = {});

/// The same for the name of an unknown group.
std::string group_hint(std::string_view name);

} // namespace rookery
