#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rookery {

/// One named value an actor tells about itself.
struct fact {
  std::string name;
  std::variant<bool, std::int64_t, std::string> value;
};

/// What an actor answers to `inspect`: small, and a copy of its own.
struct snapshot {
  std::string kind;
  std::uint64_t id = 0;
  /// Index of the actor's loop.
  unsigned loop = 0;
  std::chrono::seconds age{0};
  /// Messages handled since the start.
  std::uint64_t handled = 0;
  /// Messages waiting in its mailbox.
  std::uint64_t queue_depth = 0;
  /// Bytes waiting in its own queues.
  std::uint64_t queue_bytes = 0;
  /// The message or call that failed last, and the exception's text. Empty:
  /// none so far. A loop has the last error of all its actors.
  std::string last_error;
  /// What only this kind of actor has.
  std::vector<fact> facts;

  void add(std::string name, std::string value) {
    facts.push_back({std::move(name), std::move(value)});
  }

  void add(std::string name, std::int64_t value) {
    facts.push_back({std::move(name), value});
  }

  void add_flag(std::string name, bool value) {
    facts.push_back({std::move(name), value});
  }
};

/// In which order actors are listed: by id, page by page, or those that have
/// most of something first, one page.
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

/// Asks for snapshots of actors. Empty fields choose all.
struct listing_query {
  std::string kind;
  /// Connections of that user, on that channel, of that protocol.
  std::string user;
  std::string channel;
  std::string protocol;
  /// Channels whose name begins so.
  std::string prefix;
  /// Only channels of these names, which are sorted.
  std::vector<std::string> names = {};
  /// Only actors with bytes queued.
  bool is_slow = false;
  /// Only channels that missed something.
  bool has_gaps = false;
  listing_order order = listing_order::id;
  /// Only actors behind that id or name, in orders with pages.
  std::uint64_t after = 0;
  std::string after_name;
  /// At most that many.
  std::uint32_t limit = 0;

  bool operator==(const listing_query&) const = default;
};

/// A page of snapshots.
struct listing {
  std::vector<snapshot> actors;
  /// Where the next page begins (`listing_query::after`); 0: this was the last.
  std::uint64_t next = 0;
  /// The same in the order of names (`listing_query::after_name`); empty: this
  /// was the last.
  std::string next_name;
};

} // namespace rookery
