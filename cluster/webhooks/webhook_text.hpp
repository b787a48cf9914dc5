#pragma once

#include "actors/message/client_events.hpp"
#include "cluster/webhooks/webhook_batch.hpp"

#include <string>
#include <string_view>

/// The JSON that the backend reads about events.
namespace rookery {

/// The channel's name.
std::string channel_text(std::string_view channel);

/// The members of a `disconnect` besides its type: `node` is this node's name.
std::string client_text(std::string_view node, const client_entered& what);
std::string client_text(std::string_view node, const client_left& what);

/// The body of one delivery.
std::string body_of(const webhook_batch& batch);

} // namespace rookery
