#pragma once

#include "actors/message/frame.hpp"
#include "actors/message/payload.hpp"

#include <cstdint>
#include <string_view>

/// Frames as a server sends them: unmasked and not fragmented (RFC 6455 §5.2).
namespace rookery {

/// Encodes a whole message.
frame_ptr encode_websocket(payload_kind kind, std::string_view payload);

/// Encodes a ping without payload.
frame_ptr encode_ping();

/// Encodes a closing handshake's frame. A control frame holds 125 bytes (RFC
/// 6455 §5.5): a reason over 123 bytes is cut before the character that would
/// not fit. `reason` is valid UTF-8.
frame_ptr encode_close(std::uint16_t code, std::string_view reason);

} // namespace rookery
