#include "cluster/redis/redis_ports.hpp"

#include <array>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 7> names{
  "stopped",    "waiting",   "resolving", "connecting",
  "signing_in", "restoring", "up"};
static_assert(names.size() == static_cast<std::size_t>(link_state::up) + 1);

} // namespace

std::string_view to_string(link_state state) noexcept {
  return names[static_cast<std::size_t>(state)];
}

} // namespace rookery
