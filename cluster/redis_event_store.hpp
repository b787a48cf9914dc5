#pragma once

#include "cluster/event_store.hpp"
#include "cluster/redis_desk.hpp"

#include <string>

namespace rookery {

/// The events of a cluster, see event_scripts.hpp: all nodes record them, one
/// at a time delivers.
class redis_event_store final : public event_store {
public:
  /// `node` names this run of the node. `desk` must outlive this.
  redis_event_store(redis_desk& desk, std::string node)
    : desk_{desk}, node_{std::move(node)} {}

  void fetch(fetch_handler then) override;
  void settle(const event_batch& batch, settle_handler then) override;
  void release(release_handler then) override;

private:
  redis_desk& desk_;
  const std::string node_;
};

} // namespace rookery
