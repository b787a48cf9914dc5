#pragma once

#include "actors/bus_directory.hpp"
#include "actors/channel/recent_publications.hpp"
#include "actors/interfaces.hpp"
#include "actors/record/stream_counters.hpp"
#include "actors/text/string_map.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace rookery {

class member;
class namespaces;

/// A channel that has members on this loop.
struct channel_entry {
  std::string name;
  actor_ref<channel_actor> actor;
  /// The bus that owns the channel.
  actor_ref<bus_actor> bus;
  std::uint64_t generation = 0;
  std::size_t members = 0;
};

/// The channels of one loop: starts a channel actor with its first member and
/// retires it with its last. Only the table sends want and unwant to the bus.
/// Loop thread only.
class channel_table {
public:
  /// The bytes of recent publications that the channels of the loop may keep.
  static constexpr std::size_t recent_bytes = 32 * 1024 * 1024;

  /// All must outlive the table.
  channel_table(loop& home, const bus_directory& buses,
                const namespaces& rules);

  /// Adds `newcomer` to the channel `name`, which must be a valid name. Calls
  /// `subscribed` now, or later if the bus has not confirmed yet or the
  /// publications missed since `from` have to be read. `spent` is for the want.
  subscription_ptr join(std::string_view name, member& newcomer,
                        std::unique_ptr<const stream_position> from = nullptr,
                        credit spent = {});

  /// Ends `place`: its member is not called again. Call once per join. `spent`
  /// is for the unwant.
  void leave(const subscription_ptr& place, leave_cause why = {},
             credit spent = {});

  /// Asks the channel for the publications that the member lacks, if it is
  /// behind. Call it when the member has room again.
  static void resume(const subscription_ptr& place);

  /// Returns the channel's ledger; empty if the channel is not on this loop.
  ledger_page look_up(const ledger_query& query) const;

  /// Returns true if the channel has members on this loop.
  bool has(std::string_view name) const {
    return entries_.find(name) != entries_.end();
  }

  std::size_t size() const noexcept { return entries_.size(); }

  /// Returns the number of members of all channels together.
  std::size_t members() const noexcept { return members_; }

  /// Returns the sum over all channels that have or had a history.
  const stream_counters& counted() const noexcept { return counted_; }

  /// Calls `look(name, members)` for each channel, in no order.
  template <class Look>
  void visit(Look look) const {
    for (const auto& [name, entry] : entries_)
      look(name, entry.members);
  }

private:
  channel_entry& start(std::string_view name);
  void retire(channel_entry& entry, credit spent);

  loop& home_;
  const bus_directory& buses_;
  const namespaces& rules_;
  recent_budget memory_{recent_bytes};
  stream_counters counted_;
  string_map<channel_entry> entries_;
  std::uint64_t generation_ = 0;
  std::size_t members_ = 0;
};

} // namespace rookery
