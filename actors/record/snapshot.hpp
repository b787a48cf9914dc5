#pragma once

#include "actors/message/node_query.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rookery {

/// One named value in an actor's snapshot.
struct fact {
  std::string name;
  std::variant<bool, std::int64_t, std::string> value;
};

/// The figures of a channel actor, which nodes add up to the row of a channel.
struct channel_figures {
  std::string name;
  std::uint64_t members = 0;
  std::uint64_t publications = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t per_second = 0; ///< publications
  std::uint64_t gaps = 0; ///< reported by the bus, or found in the history
};

/// The answer of an actor to `inspect`: small, and without references.
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
  /// The message or call that failed last, and the exception's text; empty:
  /// none so far. For a loop, the last error of all its actors.
  std::string last_error;
  /// Set only for channels.
  std::optional<channel_figures> channel = {};
  /// Further facts of this kind of actor, for people to read.
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

/// A snapshot and its sort key: the id, or the number that
/// `listing_query::order` names; 0 in the order of names.
struct listed_actor {
  snapshot what;
  std::uint64_t measure = 0;
};

/// A page of snapshots.
struct listing {
  std::vector<listed_actor> actors;
  /// The begin of the next page (`listing_query::after`); 0: this is the last
  /// page.
  std::uint64_t next = 0;
  /// The same in the order of names (`listing_query::after_name`); empty: this
  /// is the last page.
  std::string next_name;
};

} // namespace rookery
