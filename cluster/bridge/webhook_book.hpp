#pragma once

#include "actors/message/client_events.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/bridge/lease_book.hpp"
#include "cluster/bridge/webhook_scripts.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace rookery {

/// The channels and clients of this node, stored as lease entries. Their
/// beginnings and ends are sent to the backend as events, see
/// webhook_scripts.hpp. Use it on the thread of the bridge; it must outlive its
/// pending calls.
class webhook_book {
public:
  using time_point = lease_book::time_point;

  /// Maximum ended entries kept while Redis is not reachable. More are counted
  /// as lost.
  static constexpr std::size_t usual_gone = 100'000;

  /// `node` identifies this run of the node, `name` is the node's name for the
  /// backend. `made` is called whenever Redis has recorded events. `requests`
  /// must outlive this.
  webhook_book(redis_requests& requests, lease_kind kind, std::string node,
               std::string name, std::function<void()> made,
               std::size_t max_gone = usual_gone);

  /// Note that the channel has subscribers on this node, or none any more.
  void occupy(std::string_view channel);
  void vacate(std::string_view channel);

  void enter(const client_entered& what);
  void leave(const client_left& what);

  /// See `lease_book`.
  void link_up(time_point now) { entries_.link_up(now); }

  void link_down() noexcept { entries_.link_down(); }

  void tick(time_point now) { entries_.tick(now); }

  bool is_told() const noexcept { return entries_.is_told(); }

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  const std::string name_;
  lease_book entries_;
};

} // namespace rookery
