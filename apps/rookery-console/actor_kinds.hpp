#pragma once

#include <array>
#include <string_view>

namespace rookery::console {

/// The kinds of actors that nodes list.
inline constexpr std::array<std::string_view, 11> actor_kinds{
  "admin_stream", "api",  "channel",       "cluster",   "connection",  "drain",
  "local_bus",    "loop", "loop_commands", "publisher", "redis_bridge"};

} // namespace rookery::console
