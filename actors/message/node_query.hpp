#pragma once

#include "actors/message/drain.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The queries and commands that an operator sends to nodes.
namespace rookery {

/// The order of a listing: by id or name, in pages; or the largest first, on
/// one page.
enum class listing_order : std::uint8_t {
  id,
  name, ///< channels only
  mailbox,
  handled,
  bytes,
  members,      ///< channels only
  publications, ///< channels only
  rate,         ///< channels only
  round_trip,   ///< connections only
};

std::string_view to_string(listing_order order) noexcept;

/// Returns nullopt if no order has that name.
std::optional<listing_order> listing_order_named(std::string_view name);

/// Asks for snapshots of actors. Empty fields choose all.
struct listing_query {
  std::string kind;
  /// Only connections of that user, on that channel, of that protocol.
  std::string user;
  std::string channel;
  std::string protocol;
  /// Only channels whose name begins with this.
  std::string prefix;
  /// Only channels with these names, which are sorted.
  std::vector<std::string> names = {};
  /// Only actors with bytes queued.
  bool is_slow = false;
  /// Only channels that have missed something.
  bool has_gaps = false;
  listing_order order = listing_order::id;
  /// Only actors after that id or name, in orders with pages.
  std::uint64_t after = 0;
  std::string after_name;
  /// The maximum number of snapshots.
  std::uint32_t limit = 0;

  bool operator==(const listing_query&) const = default;
};

/// Asks a loop for journal entries after number `after`; empty fields choose
/// all.
struct journal_query {
  std::uint64_t after = 0;
  std::string what; ///< name of a `journal_kind`
  std::uint64_t connection = 0;
  std::string user;
  std::string channel;
  /// The maximum number of entries; the newest are taken.
  std::uint32_t limit = 100;

  bool operator==(const journal_query&) const = default;
};

/// Asks a loop, or a node, for the ledger of a channel.
struct ledger_query {
  std::string channel;
  /// The maximum number of members to list; 0: none.
  std::uint32_t max_members = 0;
  /// Only this member; 0: any.
  std::uint64_t connection = 0;

  bool operator==(const ledger_query&) const = default;
};

/// A query that this version of rookery does not know.
struct unknown_query {
  bool operator==(const unknown_query&) const = default;
};

/// Asks for the state and the counters of a node.
struct state_query {
  bool operator==(const state_query&) const = default;
};

/// Asks for the snapshot of one actor.
struct actor_query {
  std::uint64_t id = 0;

  bool operator==(const actor_query&) const = default;
};

/// Asks for the snapshots of the buses.
struct buses_query {
  /// Compare the subscriptions of the buses with those of Redis.
  bool drift = false;
  /// Subscribe again to the channels that Redis does not know. Implies `drift`.
  bool renew = false;

  bool operator==(const buses_query&) const = default;
};

/// Asks for entries of the journals of all loops.
struct events_query {
  journal_query what;
  /// The last known entry of each loop, by node id. If set, only later entries
  /// are returned; for a node missing in it no entries, only the number of its
  /// last one.
  std::optional<std::map<std::string, std::vector<std::uint64_t>>> known = {};

  bool operator==(const events_query&) const = default;
};

/// Asks the history of a channel for its position.
struct position_query {
  std::string channel;

  bool operator==(const position_query&) const = default;
};

/// Asks for the options of a channel's namespace.
struct options_query {
  std::string channel;

  bool operator==(const options_query&) const = default;
};

/// Closes one connection.
struct kick_command {
  std::uint64_t connection = 0; ///< actor id

  bool operator==(const kick_command&) const = default;
};

/// Publishes a text.
struct publish_text_command {
  std::string channel;
  std::string text;

  bool operator==(const publish_text_command&) const = default;
};

/// Sets the threshold of the log.
struct log_level_command {
  std::string level;

  bool operator==(const log_level_command&) const = default;
};

/// One query or command of an operator.
using node_query =
  std::variant<unknown_query, state_query, listing_query, actor_query,
               buses_query, ledger_query, events_query, position_query,
               options_query, kick_command, publish_text_command, drain_command,
               log_level_command>;

} // namespace rookery
