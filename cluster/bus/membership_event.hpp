#pragma once

#include "actors/message/presence.hpp"

#include <string_view>

namespace rookery {

/// Returns the publication that reports a join or leave to a channel's
/// subscribers.
publication_ptr make_membership_event(std::string_view channel,
                                      publication_event event,
                                      const present_client& who);

/// Returns the publication that tells channels that the publications of their
/// history were removed.
publication_ptr make_removal_event(std::string_view channel);

} // namespace rookery
