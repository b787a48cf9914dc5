#pragma once

#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/message/frame.hpp"
#include "actors/message/publication.hpp"

/// Publications as clients of the Centrifuge protocol see them.
namespace rookery {

/// Returns the client that published `what`, or joined or left.
client_info info_of(const publication& what) noexcept;

/// Returns `what` as a part of an answer; a view on it.
centrifuge_publication view_of(const publication& what) noexcept;

/// Returns the WebSocket frame for every subscriber of `what`: a publication, a
/// join or a leave.
frame_ptr encode_centrifuge_json(const publication& what);

} // namespace rookery
