#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// Appends one command to `out`, encoded for Redis as a RESP array of bulk
/// strings. Arguments may contain any bytes. hiredis would allocate twice per
/// command.
void append_redis_command(std::string& out,
                          std::span<const std::string_view> arguments);

} // namespace rookery
