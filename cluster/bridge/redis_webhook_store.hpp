#pragma once

#include "cluster/bridge/lease_scripts.hpp"
#include "cluster/bridge/redis_requests.hpp"
#include "cluster/webhooks/webhook_store.hpp"

#include <string>

namespace rookery {

/// The events of a cluster in Redis, see webhook_scripts.hpp. All nodes record
/// events; one at a time delivers them.
class redis_webhook_store final : public webhook_store {
public:
  /// `node` identifies this run of the node. `requests` and `kind` must outlive
  /// this.
  redis_webhook_store(redis_requests& requests, const lease_kind& kind,
                      std::string node)
    : requests_{requests}, kind_{kind}, node_{std::move(node)} {}

  void fetch(fetch_handler then) override;
  void settle(const webhook_batch& batch, settle_handler then) override;
  void release(release_handler then) override;

private:
  redis_requests& requests_;
  const lease_kind& kind_;
  const std::string node_;
};

} // namespace rookery
