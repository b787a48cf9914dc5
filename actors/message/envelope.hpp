#pragma once

#include "actors/message/payload.hpp"
#include "actors/message/publication_fields.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// The envelope around what does not travel through Redis as bare text:
///
///     FF 'R' 'K' 'Y' | version 1 | kind | fields size, 16 bits | fields | data
///
/// Fields as in publication_fields.hpp. Numbers are big-endian. FF is never
/// valid UTF-8, so no text begins with the marker.
namespace rookery {

/// Returns true if `bytes` begin like an envelope.
bool has_marker(std::string_view bytes) noexcept;

/// The maximum bytes of all fields of an envelope.
inline constexpr std::size_t longest_fields = 0xffff;

/// Returns true if a client's payload must be wrapped: it is binary, it carries
/// fields, or it begins with the marker, which would let a client forge an
/// envelope.
bool needs_envelope(payload_kind kind, std::string_view data,
                    publication_fields fields = {}) noexcept;

/// Puts a payload into an envelope. `fields` have at most `longest_fields`
/// bytes.
std::string wrap(payload_kind kind, std::string_view data,
                 publication_fields fields = {});

/// The content of a message from Redis.
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
  publication_fields fields = {}; ///< within the message; none unless wrapped
};

/// Reads a message from Redis, which may come from any program. Allocates
/// nothing.
unwrapped unwrap(std::string_view message) noexcept;

} // namespace rookery
