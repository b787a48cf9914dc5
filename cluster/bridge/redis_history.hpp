#pragma once

#include "actors/message/bus_messages.hpp"
#include "cluster/bridge/page_reads.hpp"
#include "cluster/bridge/redis_requests.hpp"

#include <functional>
#include <string_view>

namespace rookery {

/// Called with the channel of a history that was read and to which nothing was
/// published.
using note_empty = std::function<void(std::string_view channel)>;

/// Reads a channel's history in Redis, after the verification that the query
/// asks for; pages wait their turn in `pages`. The answer is sent to `sender`,
/// with the credit of the query.
void read_history(redis_requests& requests, page_reads& pages,
                  history_query& query, const caf::strong_actor_ptr& sender,
                  const note_empty& note);

/// Deletes a channel's history in Redis. The outcome is sent to `sender`.
void remove_history(redis_requests& requests, const history_removal& what,
                    const caf::strong_actor_ptr& sender);

} // namespace rookery
