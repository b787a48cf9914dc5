#pragma once

#include "actors/channel/frame_cache.hpp"
#include "actors/message/bus_messages.hpp"
#include "actors/message/frame.hpp"

#include <string_view>

namespace rookery {

/// Returns true if `tag` may mark a client's notices: 1 to 32 ASCII letters or
/// digits. The client chooses it, so that no publisher can imitate a notice.
bool is_notice_tag(std::string_view tag) noexcept;

/// Tells a plain client that messages may have been missed. WebSocket: a text
/// message `{"rookery":"gap","tag":…,"reason":…}`; SSE: the same as the data of
/// an event `gap`. An empty tag is left out.
frame_ptr encode_gap_notice(wire form, std::string_view tag, gap_reason reason);

/// Tells a plain WebSocket client where in its history the channel stands as it
/// comes in: `{"rookery":"position","tag":…,"offset":…,"epoch":…}`. Each text
/// or binary message of the history that follows stands one further.
frame_ptr encode_position_notice(std::string_view tag,
                                 const stream_position& position);

/// Tells a plain client that a message of its own was not, or perhaps not,
/// published: `{"rookery":"publish","tag":…,"outcome":…,"reason":…}`.
frame_ptr encode_publish_notice(std::string_view tag,
                                const publish_outcome& outcome);

} // namespace rookery
