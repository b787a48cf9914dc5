#pragma once

#include "cluster/bridge/redis_keys.hpp"
#include "cluster/redis/redis_reply.hpp"
#include "cluster/redis/redis_script.hpp"
#include "cluster/webhooks/webhook_batch.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The events for the backend in Redis: commands that run our scripts, and what
/// is read from their replies. A node enters the channels and clients that it
/// has. What begins or ends with an entry is recorded as an event in the same
/// step: `occupied` with the first node of a channel, `vacated` with its last,
/// `disconnect` with a client. The entries of a node whose lease has ended are
/// swept by the others. One node at a time takes the events out, oldest first.
///
/// Each script is one atomic and bounded step. Keys of a wrong type are taken
/// for lost. All of it expires `event_ttl` after the last node was seen.
namespace rookery {

inline constexpr std::chrono::hours event_ttl{48};

/// Entries of one `event_add`, `event_remove` or `event_sweep`, and those a
/// renewal looks at (nearly: Redis decides), at most.
inline constexpr std::size_t event_entries = 100;

/// Events that are kept for the backend. More drop the oldest.
inline constexpr std::size_t kept_events = 100'000;

/// All of them: to be loaded before the commands below are sent.
std::array<const redis_script*, 7> webhook_scripts();

/// The name of an entry.
std::string channel_entry(std::string_view channel);
std::string client_entry(std::string_view client);

/// Renews a node's lease, or begins it.
struct event_renew {
  /// Names one run of a node.
  std::string_view node;
  /// At least 1 ms.
  std::chrono::milliseconds lease{0};
  /// What the renewal before has answered; 0 at first.
  std::uint64_t cursor = 0;
};

struct event_renewed {
  /// False: the lease had ended or is new. Others may have removed entries: add
  /// all of them again.
  bool had_lease = false;
  std::uint64_t cursor = 0;
  /// Some entries that Redis has, others with every renewal.
  std::vector<std::string> names;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_renew& what);
std::optional<event_renewed> read_event_renewed(const redis_reply& reply);

/// A channel or client of a node. `text` is JSON: a channel's name, or the
/// members of the object that the backend gets when the client is gone.
struct event_entry {
  std::string_view name;
  std::string_view text;
};

/// Adds entries. Does nothing unless the node's lease is alive.
struct event_add {
  std::string_view node;
  /// `event_entries` at most.
  std::span<const event_entry> entries;
  /// As `kept_events`.
  std::size_t bound = kept_events;
};

struct event_added {
  /// False: nothing was done. Renew, then add all entries again.
  bool had_lease = false;
  /// How many events that made.
  std::size_t made = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_add& what);
std::optional<event_added> read_event_added(const redis_reply& reply);

/// What is to be removed.
struct event_end {
  std::string name;
  /// As in `event_entry`; empty: what was said when it was added.
  std::string text;
  /// The backend is told even if Redis has forgotten the entry.
  bool must = false;
};

/// Removes entries, with or without a lease.
struct event_remove {
  std::string_view node;
  /// Names this step of the node. Sent again, it is made once.
  std::uint64_t step = 0;
  /// Events that the node had to drop.
  std::uint64_t lost = 0;
  /// `event_entries` at most.
  std::span<const event_end> entries;
  std::size_t bound = kept_events;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_remove& what);

/// How many events that made.
std::optional<std::size_t> read_event_removed(const redis_reply& reply);

/// Removes entries of one other node whose lease has ended.
struct event_sweep {
  /// Who sweeps: its own entries are let alone.
  std::string_view node;
  /// `event_entries` at most.
  std::size_t most = event_entries;
  std::size_t bound = kept_events;
};

struct event_swept {
  /// Empty: no lease has ended. Otherwise sweep again, until it is.
  std::string node;
  /// How many events that made.
  std::size_t made = 0;
  /// Entries of that node still to be swept.
  std::size_t left = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_sweep& what);
std::optional<event_swept> read_event_swept(const redis_reply& reply);

/// Reads the oldest events for the node that delivers: the first one to ask,
/// until it lets go or its lease ends.
struct event_fetch {
  std::string_view node;
  /// `most_events` at most.
  std::size_t most = most_events;
  std::size_t most_bytes = most_event_bytes;
};

struct event_fetched {
  /// False: another node delivers, or this one has no lease.
  bool is_ours = false;
  webhook_batch batch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_fetch& what);
std::optional<event_fetched> read_event_fetched(const redis_reply& reply);

/// Drops what the backend has acknowledged, if this node still delivers.
struct event_settle {
  std::string_view node;
  const webhook_batch& batch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_settle& what);

/// Lets another node deliver.
struct event_release {
  std::string_view node;
};

void append_command(std::string& out, const redis_keys& keys,
                    const event_release& what);

/// Whether this node was the one that delivers: of a settle or a release.
std::optional<bool> read_event_done(const redis_reply& reply);

} // namespace rookery
