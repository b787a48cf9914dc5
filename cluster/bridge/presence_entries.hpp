#pragma once

#include "actors/message/presence.hpp"
#include "cluster/bridge/lease_scripts.hpp"

#include <string>
#include <string_view>

/// The clients on channels as entries of a node, see lua/presence_entries.lua.
namespace rookery {

lease_kind make_presence_kind(const redis_keys& keys);

/// Returns the name of an entry: names of channels have no line feed.
std::string presence_name(std::string_view channel, std::string_view client);

/// Returns the text from which joins and leaves of an entry are made, too.
std::string presence_text(const presence_enter& what);

/// Reads the info that a listing has of an entry.
presence_info read_presence_info(std::string_view bytes);

} // namespace rookery
