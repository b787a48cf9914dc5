#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/message/frame.hpp"
#include "actors/plain/plain_formats.hpp"

#include <string_view>

namespace rookery {

/// Returns true if `tag` may mark a client's notices: 1 to 32 ASCII letters or
/// digits. The client chooses it, so that no publisher can imitate a notice.
bool is_notice_tag(std::string_view tag) noexcept;

/// The notice for a plain client that messages may be missing. WebSocket: a
/// text message `{"rookery":"gap","tag":…,"reason":…}`; SSE: the same as the
/// data of an event `gap`. The tag is left out if it is empty.
frame_ptr encode_gap_notice(plain_form form, std::string_view tag,
                            gap_reason reason);

/// The notice for a plain WebSocket client of the position from which it gets
/// the channel's history:
/// `{"rookery":"position","tag":…,"offset":…,"epoch":…}`. Each text or binary
/// message of the history after it advances the offset by one.
frame_ptr encode_position_notice(std::string_view tag,
                                 const stream_position& position);

/// The notice for a plain client that its own message was not, or perhaps not,
/// published: `{"rookery":"publish","tag":…,"outcome":…,"reason":…}`.
frame_ptr encode_publish_notice(std::string_view tag,
                                const publish_outcome& outcome);

} // namespace rookery
