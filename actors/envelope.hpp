#pragma once

#include "actors/payload.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// The envelope around what does not travel through Redis as bare text:
///
///     FF 'R' 'K' 'Y' | version 1 | kind | fields size, 16 bits | fields | data
///
/// A field is a tag (8 bits), a length (16 bits) and that many bytes; unknown
/// tags are skipped. Numbers are big-endian. FF is never valid UTF-8, so no
/// text begins with the marker.
namespace rookery {

/// Whether `bytes` begin like an envelope.
bool has_marker(std::string_view bytes) noexcept;

/// Whether a client's payload must be wrapped: it is binary, or it begins with
/// the marker, which would let a client forge an envelope.
bool needs_envelope(payload_kind kind, std::string_view data) noexcept;

/// Puts a payload into an envelope without fields.
std::string wrap(payload_kind kind, std::string_view data);

/// What was found in a message from Redis.
struct unwrapped {
  enum class verdict : std::uint8_t {
    raw,             ///< no envelope: all bytes are data, text if valid UTF-8
    wrapped,         ///< a valid envelope
    malformed,       ///< begins with the marker, but is no envelope
    unknown_version, ///< an envelope of another version of rookery
  };

  verdict result;
  payload_kind kind = payload_kind::binary;
  std::string_view data = {}; ///< within the message; empty unless raw/wrapped
};

/// Reads a message from Redis, where anybody may have put it. Allocates
/// nothing.
unwrapped unwrap(std::string_view message) noexcept;

} // namespace rookery
