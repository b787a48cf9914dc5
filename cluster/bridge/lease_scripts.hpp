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

/// The entries of nodes in Redis: commands that run our scripts, and the
/// readers of their replies. Every entry belongs to a node, every node has a
/// lease in Redis time; the entries of a node whose lease has ended are swept
/// by the others. Each script is one atomic and bounded step. Keys of a wrong
/// type are taken for lost.
///
/// All keys expire `lease_ttl` after the last node was seen. A renewal keeps
/// the keys of some of the node's entries alive and walks on, so that an entry
/// costs nothing while nothing changes.
namespace rookery {

/// Life of a key after its last touch. A node that renews its lease every
/// 3 s touches the keys of 5 million entries in that time.
inline constexpr std::chrono::hours lease_ttl{48};

/// Entries of one `lease_add`, `lease_remove` or `lease_sweep`, and those a
/// renewal touches (nearly: Redis decides), at most.
inline constexpr std::size_t lease_batch = 100;

/// The scripts of one kind of entries.
struct lease_scripts {
  redis_script renew;
  redis_script add;
  redis_script remove;
  redis_script sweep;
};

/// Returns a script about entries: `entries` is the text that describes their
/// kind, `body` uses it. See lua/lease.lua.
redis_script make_entry_script(std::string_view entries, std::string_view body);

lease_scripts make_lease_scripts(std::string_view entries);

/// One kind of entries.
struct lease_kind {
  const lease_scripts& scripts;
  /// The keys all scripts of this kind are given; the first has the leases.
  std::vector<std::string> keys;
  /// The arguments they are all given, before their own.
  std::vector<std::string> arguments;
  /// Returns the arguments of an entry that is added, after its name.
  std::vector<std::string> (*added)(std::string_view name,
                                    const std::string& text);
  /// Returns true if the end of an entry counts even if Redis never had it.
  bool (*must_end)(std::string_view name);
  /// Beginnings and ends are recorded, each once: a step of removals is
  /// repeated as it was, and additions wait for each other. Otherwise they can
  /// be repeated and are visible at once.
  bool is_recorded;
};

/// Appends a call of a script of that kind; `more` are its own arguments.
void append_entry_call(std::string& out, const lease_kind& kind,
                       const redis_script& script,
                       std::span<const std::string_view> more);

/// Renews a node's lease, or begins it.
struct lease_renew {
  const lease_kind& kind;
  /// Names one run of a node.
  std::string_view node;
  /// At least 1 ms.
  std::chrono::milliseconds length{0};
  /// The cursor of the renewal before; 0 at first.
  std::uint64_t cursor = 0;
};

struct lease_renewed {
  /// False: the lease had ended or is new. Others may have removed entries: add
  /// all of them again.
  bool had_lease = false;
  std::uint64_t cursor = 0;
  /// Names of some entries that Redis has, others with every renewal.
  std::vector<std::string> names;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_renew& what);
std::optional<lease_renewed> read_renewed(const redis_reply& reply);

/// Adds entries of a node, or replaces them. Does nothing unless the node's
/// lease is alive.
struct lease_add {
  const lease_kind& kind;
  std::string_view node;
  /// Of each entry its name and `lease_kind::added`; `lease_batch` entries at
  /// most.
  std::span<const std::string> words;
};

struct lease_added {
  /// False: nothing was done. Renew, then add all entries again.
  bool had_lease = false;
  /// Events made: joins, or channels that became occupied.
  std::size_t made = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_add& what);
std::optional<lease_added> read_added(const redis_reply& reply);

/// An entry that is to be removed.
struct lease_end {
  std::string name;
  /// The text to record; empty: that of the entry. Not used by entries that are
  /// not recorded.
  std::string text;
  /// Record it even if Redis has forgotten the entry.
  bool must = false;
};

/// Removes entries of a node, with or without a lease. Entries of other nodes
/// are left alone.
struct lease_remove {
  const lease_kind& kind;
  std::string_view node;
  /// `lease_batch` at most.
  std::span<const lease_end> entries;
  /// Names this step of the node. If ends are recorded, a step that is sent
  /// again is made once.
  std::uint64_t step = 0;
  /// Events that the node had to drop.
  std::uint64_t lost = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_remove& what);

/// Returns the number of events made.
std::optional<std::size_t> read_entries_removed(const redis_reply& reply);

/// Removes entries of one other node whose lease has ended: each once, however
/// many nodes sweep.
struct lease_sweep {
  const lease_kind& kind;
  /// The node that sweeps; its own entries are left alone.
  std::string_view node;
  /// `lease_batch` at most.
  std::size_t limit = lease_batch;
};

struct lease_swept {
  /// Empty: no lease has ended. Otherwise sweep again, until it is.
  std::string node;
  /// Events made.
  std::size_t made = 0;
  /// Entries of that node still to be swept.
  std::size_t left = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_sweep& what);
std::optional<lease_swept> read_swept(const redis_reply& reply);

/// Returns element `at` if it is a number that is not negative.
std::optional<std::uint64_t> count_at(const redis_reply& reply, std::size_t at);

/// Returns true for a list of any length whose elements after the first `from`
/// are texts.
bool is_list_of_texts(const redis_reply& reply, std::size_t from);

} // namespace rookery
