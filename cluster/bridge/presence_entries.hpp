#pragma once

#include "actors/message/presence.hpp"
#include "cluster/bridge/lease_scripts.hpp"

#include <string>
#include <string_view>

/// The clients on channels as lease entries of a node, see
/// lua/presence_entries.lua.
namespace rookery {

lease_kind make_presence_kind(const redis_keys& keys);

/// Returns the name of an entry. A line feed separates its parts, as names of
/// channels have none.
std::string presence_name(std::string_view channel, std::string_view client);

/// Returns the text of an entry. Join and leave messages are made from it, too.
std::string presence_text(const presence_enter& what);

/// Reads the info of an entry in a listing.
presence_info read_presence_info(std::string_view bytes);

} // namespace rookery
