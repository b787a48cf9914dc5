#pragma once

#include "actors/message/frame.hpp"
#include "actors/message/payload.hpp"

#include <chrono>
#include <string_view>

/// Server-sent events (WHATWG HTML §9.2), each in one HTTP/1.1 chunk, as the
/// stream has no known length.
namespace rookery {

/// Encodes a publication. Text: one `data:` line for each of its lines, which
/// end at CR, LF or CRLF. Binary: an event `binary` whose data is base64. `id`,
/// one line, is the Last-Event-ID that a client sends when it reconnects;
/// empty: none.
frame_ptr encode_sse(payload_kind kind, std::string_view payload,
                     std::string_view id = {});

/// Encodes an event without data: the client only remembers `id`.
frame_ptr encode_sse_id(std::string_view id);

/// Encodes an event `name`, a word, whose data is text.
frame_ptr encode_sse_event(std::string_view name, std::string_view data);

/// Encodes a comment: it keeps proxies from closing an idle stream.
frame_ptr encode_sse_comment();

/// Encodes the delay after which a client reconnects.
frame_ptr encode_sse_retry(std::chrono::milliseconds delay);

} // namespace rookery
