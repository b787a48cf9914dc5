#pragma once

#include "actors/message/client_events.hpp"
#include "cluster/webhooks/webhook_batch.hpp"

#include <string>
#include <string_view>

/// The JSON that the backend reads about events.
namespace rookery {

/// The name of a channel as JSON.
std::string channel_text(std::string_view channel);

/// The members of a `disconnect` besides its type: `node` is this node's name.
std::string client_text(std::string_view node, const client_entered& what);
std::string client_text(std::string_view node, const client_left& what);

/// All members of an event about a channel.
std::string channel_event(std::string_view type, std::string_view channel);

/// All members of a `disconnect`.
std::string disconnect_event(std::string_view node, const client_left& what);

/// The body of one delivery.
std::string body_of(const webhook_batch& batch);

} // namespace rookery
