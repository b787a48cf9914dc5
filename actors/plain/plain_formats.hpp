#pragma once

#include "actors/channel/wire_format.hpp"

#include <cstdint>

namespace rookery {

/// The two transports of the plain protocol.
enum class plain_form : std::uint8_t { websocket, sse };

/// Returns the format of publications on that transport: the publication's
/// bytes in one WebSocket message, or one event of an event stream.
const wire_format& format_of(plain_form form) noexcept;

} // namespace rookery
