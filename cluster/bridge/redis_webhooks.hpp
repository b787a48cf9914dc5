#pragma once

#include "cluster/bridge/redis_webhook_store.hpp"
#include "cluster/bridge/webhook_book.hpp"
#include "cluster/webhooks/webhook_delivery.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace rookery {

/// A node's part in the events of its cluster: it records events, and delivers
/// them when it is its turn. Use it on the thread of the bridge; it must
/// outlive its pending calls.
class redis_webhooks {
public:
  /// The arguments are those of `webhook_book` and `webhook_delivery`.
  redis_webhooks(redis_requests& requests, const redis_keys& keys,
                 const std::string& node, const std::string& name,
                 std::unique_ptr<webhook_sender> backend,
                 webhook_delivery::clock now);

  webhook_book& book() noexcept { return book_; }

  /// Does the work that is due. Call it often.
  void tick();

  /// Ends the delivery. Call it after the last event; see `webhook_delivery`.
  void finish(std::function<void()> then) { delivery_.finish(std::move(then)); }

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  const webhook_delivery::clock now_;
  const std::unique_ptr<webhook_sender> backend_;
  const lease_kind kind_;
  redis_webhook_store store_;
  webhook_delivery delivery_;
  webhook_book book_;
};

} // namespace rookery
