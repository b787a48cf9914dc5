#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"

#include <memory>

namespace rookery {

/// Makes a codec for JSON in text frames: one object per message, joined by one
/// '\n'; one after the last command is allowed.
///
/// A command counts only if its line is valid JSON (RFC 8259) throughout,
/// unknown fields included, nested at most 128 levels deep (json_value.hpp) in
/// each value; so a payload breaks no subscriber's parser. `null` stands for an
/// absent field, but is a payload like any other. Of several methods the first
/// counts, of other fields with one name the last. Integers must be written as
/// such and fit their type; text must not have unpaired surrogates (payloads
/// may).
///
/// Payloads are sent as they are, if they are valid JSON; only line feeds,
/// which are white space then, become spaces. Anything else becomes a JSON
/// string, in which U+FFFD stands for each byte that is not UTF-8. The check is
/// a copy and a walk with simdjson, the same as for decoding: per kB from 0.15
/// µs (one long string) to 1.7 µs (many short fields). Commands, pushes and
/// payloads of usual size allocate nothing once the buffers have grown.
///
/// Memory for frames and payloads up to 1 MiB, about seven times their size, is
/// kept for the next one.
std::unique_ptr<centrifuge_codec> make_centrifuge_json_codec();

} // namespace rookery
