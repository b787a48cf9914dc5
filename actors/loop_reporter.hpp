#pragma once

#include "actors/interfaces.hpp"
#include "actors/listing_scan.hpp"
#include "actors/pinned_actor.hpp"

#include <deque>
#include <functional>

namespace rookery {

class channel_table;

using scan_atom = caf::atom_constant<caf::atom("scan")>;
inline constexpr scan_atom scan_atom_v{};

using loop_reporter_actor = loop_actor::extend<caf::reacts_to<scan_atom>>;

/// Speaks for its loop: its snapshot, those of its actors, pages of them. Does
/// one slice of one listing a turn.
class loop_reporter final : public pinned_actor<loop_reporter_actor> {
public:
  /// Listings under way at once; more are refused.
  static constexpr std::size_t most_listings = 64;

  /// Adds what the owner of the loop's sockets knows; called on the loop.
  using add_facts = std::function<void(snapshot&)>;

  /// `channels`, which may be null, must outlive this.
  loop_reporter(caf::actor_config& config, add_facts more,
                const channel_table* channels = nullptr);

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
  void describe(snapshot& out) const override;
  void on_exit() override;

  add_facts more_;
  const channel_table* channels_;
  std::deque<pending_listing> listings_;
};

} // namespace rookery
