#pragma once

#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/channel/wire_format.hpp"
#include "actors/message/publication.hpp"

/// The publications as clients of the Centrifuge protocol see them.
namespace rookery {

/// Returns true if JSON can carry the data, as a value or a string: bytes that
/// are not UTF-8 would have to be changed.
bool is_json_text(const publication& what) noexcept;

/// Returns the client that published `what`, or joined or left.
client_info info_of(const publication& what) noexcept;

/// Returns `what` as a part of an answer; a view of it.
centrifuge_publication view_of(const publication& what) noexcept;

/// The format of publications, joins and leaves for subscribers: a push in JSON
/// in one WebSocket message.
extern const wire_format centrifuge_json_format;

} // namespace rookery
