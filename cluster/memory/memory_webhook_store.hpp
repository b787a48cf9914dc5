#pragma once

#include "cluster/webhooks/webhook_store.hpp"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace rookery {

/// The events of a node without Redis. They are lost when the node ends.
class memory_webhook_store final : public webhook_store {
public:
  struct limits {
    /// Maximum number of events. If there are more, the oldest are dropped.
    std::size_t events = 100'000;
    /// Maximum bytes of the events' texts, with the same effect.
    std::size_t bytes = 32 * 1024 * 1024;
  };

  /// `origin` makes the ids of this store's events unique.
  memory_webhook_store(std::string origin, limits bounds)
    : origin_{std::move(origin)}, limits_{bounds} {}

  /// Records an event. `id` is empty if the store has to make one.
  void add(std::string_view id, std::string text);

  void fetch(fetch_handler then) override;
  void settle(const webhook_batch& batch, settle_handler then) override;

  void release(release_handler then) override { then(); }

  std::size_t size() const noexcept { return events_.size(); }

  /// Number of events dropped so far.
  std::uint64_t lost() const noexcept { return lost_; }

private:
  const std::string origin_;
  const limits limits_;
  std::deque<webhook_event> events_; // in order of `entry`
  std::uint64_t last_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t told_ = 0;
};

} // namespace rookery
