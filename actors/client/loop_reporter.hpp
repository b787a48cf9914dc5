#pragma once

#include "actors/interfaces.hpp"
#include "actors/runtime/listing_scan.hpp"
#include "actors/runtime/meters_scan.hpp"
#include "actors/runtime/pinned_actor.hpp"

#include <deque>
#include <functional>
#include <vector>

namespace rookery {

class channel_table;
class client_index;
struct client_credits;

/// The actor that answers queries about its loop: snapshots of the loop and of
/// its actors, pages of them, its journal, ledgers and counts. One turn does
/// one slice of one listing.
class loop_reporter final : public pinned_actor<loop_actor> {
public:
  /// The maximum number of listings under way; more are refused.
  static constexpr std::size_t max_listings = 64;

  /// Adds facts of the owner of the loop's sockets; called on the loop.
  using add_facts = std::function<void(snapshot&)>;

  /// Arguments that are not null must outlive this.
  loop_reporter(caf::actor_config& config, add_facts more,
                const channel_table* channels = nullptr,
                const socket_meters* sockets = nullptr,
                const client_index* clients = nullptr,
                const client_credits* credits = nullptr);

  std::string_view kind() const noexcept override { return "loop"; }

  behavior_type make_behavior() override;

private:
  struct pending_listing {
    listing_scan scan;
    caf::typed_response_promise<listing> promise;
  };

  caf::result<snapshot> inspect_one(std::uint64_t id) const;
  caf::result<listing> list(const listing_query& query);
  void scan();
  caf::typed_response_promise<loop_meters> measure_loop();
  void count();
  loop_meters totals() const;
  void describe(snapshot& out) const override;
  void on_exit() override;

  add_facts more_;
  const channel_table* channels_;
  const socket_meters* sockets_;
  const client_index* clients_;
  const client_credits* credits_;
  std::deque<pending_listing> listings_;
  /// One scan answers all queries that come while it lasts.
  meters_scan counted_;
  std::vector<caf::typed_response_promise<loop_meters>> meters_asked_;
};

} // namespace rookery
