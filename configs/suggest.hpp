#pragma once

#include <string>
#include <string_view>

namespace rookery {

/// Returns the known key that `key` is most likely meant to be, or nullopt. A
/// key without a group is compared with names only ("port"); within a namespace
/// only its group and its option are.
std::string suggest_key(std::string_view key);

/// Returns the known group that `name` is most likely meant to be, or nullopt.
std::string suggest_group(std::string_view name);

/// Returns the end of an error about an unknown key: "; did you mean
/// --listen.port?" if `prefix` is "--". Empty if no key is similar.
std::string key_hint(std::string_view key, std::string_view prefix = {});

/// The same for the name of an unknown group.
std::string group_hint(std::string_view name);

} // namespace rookery
