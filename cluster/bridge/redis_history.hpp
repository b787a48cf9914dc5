#pragma once

#include "actors/message/bus_messages.hpp"
#include "cluster/bridge/redis_requests.hpp"

namespace rookery {

/// Reads a channel's history in Redis, after the verification that the query
/// asks for; `sender` gets the answer.
void read_history(redis_requests& requests, const history_query& query,
                  const caf::strong_actor_ptr& sender);

/// Forgets a channel's history in Redis; `sender` gets the outcome.
void remove_history(redis_requests& requests, const history_removal& what,
                    const caf::strong_actor_ptr& sender);

} // namespace rookery
