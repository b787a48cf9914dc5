#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// Appends one command to `out`, encoded for Redis (RESP, an array of bulk
/// strings) from its arguments: any bytes are allowed in them. hiredis would
/// allocate twice for each.
void append_redis_command(std::string& out,
                          std::span<const std::string_view> arguments);

} // namespace rookery
