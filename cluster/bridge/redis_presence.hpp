#pragma once

#include "actors/message/presence.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/bridge/lease_book.hpp"
#include "cluster/bridge/page_reads.hpp"
#include "cluster/bridge/redis_requests.hpp"

#include <string>

namespace rookery {

/// This node's part in the cluster's presence, see presence_scripts.hpp. Use it
/// on the thread of the bridge, in its handlers; it must outlive its pending
/// calls.
class redis_presence {
public:
  using time_point = lease_book::time_point;

  /// `node` identifies this run of the node. `requests` and `pages` must
  /// outlive this.
  redis_presence(redis_requests& requests, page_reads& pages,
                 const redis_keys& keys, std::string node,
                 lease_times times = {});

  void enter(const presence_enter& what);
  void leave(const presence_leave& what);

  /// Asks Redis for the clients on a channel, on all nodes; a listing waits its
  /// turn. The answer is sent to `sender`, with the credit of the query.
  void list(presence_query& query, const caf::strong_actor_ptr& sender);

  /// See `lease_book`.
  void link_up(time_point now) { book_.link_up(now); }

  void link_down() noexcept { book_.link_down(); }

  void tick(time_point now) { book_.tick(now); }

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  void call(const presence_query& query, page_reads::askers askers,
            std::function<void()> done);

  redis_requests& requests_;
  page_reads& pages_;
  lease_book book_;
};

} // namespace rookery
