#pragma once

#include "actors/message/presence.hpp"

#include <string_view>

namespace rookery {

/// The publication that tells a channel's subscribers who has come or gone.
publication_ptr make_membership_event(std::string_view channel,
                                      publication_event event,
                                      const present_client& who);

} // namespace rookery
