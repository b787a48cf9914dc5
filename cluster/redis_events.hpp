#pragma once

#include "cluster/event_courier.hpp"
#include "cluster/event_roster.hpp"
#include "cluster/redis_event_store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace rookery {

/// A node's part in the events of its cluster: what it records, and its turn to
/// deliver. For the thread of the bridge; must not be gone before the desk has
/// answered or closed.
class redis_events {
public:
  /// As in `event_roster` and `event_courier`.
  redis_events(redis_desk& desk, const std::string& node,
               const std::string& name, std::unique_ptr<event_sender> backend,
               event_courier::clock now);

  event_roster& roster() noexcept { return roster_; }

  /// Call often.
  void tick();

  /// Nothing will be recorded any more: as in `event_courier`.
  void finish(std::function<void()> then) { courier_.finish(std::move(then)); }

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  const event_courier::clock now_;
  const std::unique_ptr<event_sender> backend_;
  redis_event_store store_;
  event_courier courier_;
  event_roster roster_;
};

} // namespace rookery
