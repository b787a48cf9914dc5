#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"

#include <memory>

namespace rookery {

/// Makes a codec for JSON in text frames: one object per message, joined by one
/// '\n'; a client may end its last command with another.
///
/// A command is accepted only if its line is valid JSON (RFC 8259), unknown
/// fields included, with at most 128 levels in each value (json_value.hpp); so
/// no payload breaks a subscriber's parser. `null` means an absent field, but
/// as a payload it is kept. Of several methods the first is used, of other
/// fields with the same name the last. Integers must be written as such and fit
/// their type; text must not have unpaired surrogates (payloads may).
///
/// Payloads of valid JSON are sent unchanged, except that line feeds, which are
/// white space there, become spaces. Any other payload becomes a JSON string,
/// in which U+FFFD replaces each byte that is not UTF-8. The check is
/// a copy and a walk with simdjson, the same as for decoding: per kB from 0.15
/// µs (one long string) to 1.7 µs (many short fields). Commands, pushes and
/// payloads of usual size allocate nothing once the buffers have grown.
///
/// Memory for frames and payloads up to 1 MiB, about seven times their size, is
/// kept for the next one. A frame may have up to `max_commands`.
std::unique_ptr<centrifuge_codec>
make_centrifuge_json_codec(std::size_t max_commands = max_commands_per_frame);

} // namespace rookery
