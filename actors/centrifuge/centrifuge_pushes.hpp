#pragma once

#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/channel/wire_format.hpp"
#include "actors/message/publication.hpp"

/// The publications as clients of the Centrifuge protocol see them.
namespace rookery {

/// Returns the client that published `what`, or joined or left.
client_info info_of(const publication& what) noexcept;

/// Returns `what` as a part of an answer; a view of it.
centrifuge_publication view_of(const publication& what) noexcept;

/// The format of publications, joins and leaves for subscribers: a push in JSON
/// in one WebSocket message.
extern const wire_format centrifuge_json_format;

} // namespace rookery
