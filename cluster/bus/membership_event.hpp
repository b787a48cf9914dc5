#pragma once

#include "actors/message/presence.hpp"

#include <string_view>

namespace rookery {

/// Returns the publication that reports a join or leave to a channel's
/// subscribers.
publication_ptr make_membership_event(std::string_view channel,
                                      publication_event event,
                                      const present_client& who);

} // namespace rookery
