#pragma once

#include "cluster/webhooks/webhook_batch.hpp"

#include <functional>
#include <optional>

namespace rookery {

/// The place where events are kept until the backend has them. For one thread.
class webhook_store {
public:
  virtual ~webhook_store() = default;

  enum class turn {
    unknown, ///< the store could not be asked
    ours,    ///< this node delivers now
    other,   ///< another node delivers
  };

  struct fetched {
    turn whose = turn::unknown;
    webhook_batch batch;
  };

  /// The handlers are called once, perhaps before the call returns.
  using fetch_handler = std::function<void(fetched)>;
  using settle_handler = std::function<void(turn)>;
  using release_handler = std::function<void()>;

  /// Reads the oldest events. The store keeps them until they are settled.
  virtual void fetch(fetch_handler then) = 0;

  /// Deletes a batch that the backend has, if it is still this node's turn.
  virtual void settle(const webhook_batch& batch, settle_handler then) = 0;

  /// Lets another node deliver.
  virtual void release(release_handler then) = 0;
};

} // namespace rookery
