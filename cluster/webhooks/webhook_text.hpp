#pragma once

#include "actors/message/client_events.hpp"
#include "cluster/webhooks/webhook_batch.hpp"

#include <string>
#include <string_view>

/// The JSON texts that the backend gets about events.
namespace rookery {

/// Returns the channel's name as a JSON string.
std::string channel_text(std::string_view channel);

/// Return the members of a `disconnect` except its type; `node` is this node's
/// name.
std::string client_text(std::string_view node, const client_entered& what);
std::string client_text(std::string_view node, const client_left& what);

/// Returns the body of one delivery.
std::string body_of(const webhook_batch& batch);

} // namespace rookery
