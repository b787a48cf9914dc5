#pragma once

#include "cluster/bridge/redis_keys.hpp"
#include "cluster/redis/redis_reply.hpp"
#include "cluster/redis/redis_script.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Presence in Redis: who is on which channel, cluster-wide. Every entry
/// belongs to a node, every node has a lease in Redis time; the entries of a
/// node whose lease has ended are swept by the others. Each script is one
/// atomic and bounded step. Keys of a wrong type are taken for lost.
///
/// All of it expires by itself `presence_ttl` after the last node was seen; a
/// renewal keeps the keys of some of the node's entries alive and walks on, so
/// that an entry costs nothing while nobody joins or leaves.
namespace rookery {

/// How long the keys outlive the last touch. A node that renews its lease every
/// 3 s touches the keys of 5 million entries in that time.
inline constexpr std::chrono::hours presence_ttl{48};

/// Entries of one `presence_add`, `presence_remove` or `presence_sweep`, and
/// those a renewal touches (nearly: Redis decides), at most.
inline constexpr std::size_t presence_batch = 100;

/// Entries of one listing, at most, and bytes of their infos.
inline constexpr std::uint32_t longest_listing = 1000;
inline constexpr std::size_t longest_listing_bytes = 8 * 1024 * 1024;

/// All of them: to be loaded before the commands below are sent.
std::array<const redis_script*, 6> presence_scripts();

/// Renews a node's lease, or begins it.
struct presence_renew {
  /// Names one run of a node.
  std::string_view node;
  /// At least 1 ms.
  std::chrono::milliseconds lease{0};
  /// What the renewal before has answered; 0 at first.
  std::uint64_t cursor = 0;
};

struct presence_renewed {
  /// False: the lease had ended or is new. Others may have removed entries: add
  /// all of them again.
  bool had_lease = false;
  std::uint64_t cursor = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_renew& what);
std::optional<presence_renewed> read_renewed(const redis_reply& reply);

/// One client on one channel.
struct presence_entry {
  std::string_view channel;
  std::string_view client;
  /// At most 65,535 bytes.
  std::string_view user;
  /// Any bytes: what a listing shows of the client.
  std::string_view info;
  /// Messages to publish on the channel when the entry appears, and when it
  /// goes; nothing is published if empty.
  std::string_view join;
  std::string_view leave;
};

/// Adds entries of a node, or replaces them: only those that are new are
/// joins. Does nothing unless the node's lease is alive.
struct presence_add {
  std::string_view node;
  /// `presence_batch` at most.
  std::span<const presence_entry> entries;
};

struct presence_added {
  /// False: nothing was done. Renew, then add all entries again.
  bool had_lease = false;
  /// How many were new.
  std::size_t count = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_add& what);
std::optional<presence_added> read_added(const redis_reply& reply);

/// Names an entry.
struct presence_place {
  std::string_view channel;
  std::string_view client;
};

/// Removes entries of a node, with or without a lease, and publishes the leave
/// of those that were there. Entries of other nodes are let alone.
struct presence_remove {
  std::string_view node;
  /// `presence_batch` at most.
  std::span<const presence_place> entries;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_remove& what);

/// How many were removed.
std::optional<std::size_t> read_entries_removed(const redis_reply& reply);

/// Removes entries of one other node whose lease has ended, and publishes their
/// leaves: each once, however many nodes sweep.
struct presence_sweep {
  /// Who sweeps: its own entries are let alone.
  std::string_view node;
  /// `presence_batch` at most.
  std::size_t most = presence_batch;
};

struct presence_swept {
  /// Empty: no lease has ended. Otherwise sweep again, until it is.
  std::string node;
  std::size_t removed = 0;
  /// Entries of that node still to be swept.
  std::size_t left = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_sweep& what);
std::optional<presence_swept> read_swept(const redis_reply& reply);

/// Lists entries of a channel whose node's lease is alive: in no order, and any
/// of them if there are more than fit.
struct presence_list {
  std::string_view channel;
  /// `longest_listing` at most.
  std::uint32_t limit = longest_listing;
  /// Ends before the infos have more bytes, but not before the first.
  std::size_t most_bytes = longest_listing_bytes;
};

struct presence_listed {
  std::string client;
  std::string info;

  friend bool operator==(const presence_listed&,
                         const presence_listed&) = default;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_list& what);
std::optional<std::vector<presence_listed>>
read_listing(const redis_reply& reply);

/// Counts a channel. Entries of a node whose lease has ended count until they
/// are swept.
struct presence_count {
  std::string_view channel;
};

struct presence_counts {
  std::uint64_t clients = 0;
  /// Distinct ones; the empty one counts too.
  std::uint64_t users = 0;

  friend bool operator==(const presence_counts&,
                         const presence_counts&) = default;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_count& what);
std::optional<presence_counts> read_counts(const redis_reply& reply);

} // namespace rookery
