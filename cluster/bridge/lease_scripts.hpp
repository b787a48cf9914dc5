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

/// The entries of nodes in Redis: commands that run the scripts, and functions
/// that read their replies. Every entry belongs to a node, and every node has a
/// lease in Redis time. Other nodes sweep (remove) the entries of a node whose
/// lease has ended. Each script is one atomic and bounded step. Keys of a wrong
/// type are deleted.
///
/// All keys expire `lease_ttl` after the last node renewed its lease. Each
/// renewal extends the life of the keys of some of the node's entries, and the
/// next one continues with others, so that unchanged entries need no commands
/// of their own.
namespace rookery {

/// Life of a key after its last extension. A node that renews its lease every
/// five seconds extends the keys of 3.4 million entries in that time.
inline constexpr std::chrono::hours lease_ttl{48};

/// Maximum entries of one `lease_add`, `lease_remove` or `lease_sweep`. A
/// renewal touches about as many (Redis decides).
inline constexpr std::size_t lease_batch = 100;

/// The scripts of one kind of entries.
struct lease_scripts {
  redis_script renew;
  redis_script add;
  redis_script remove;
  redis_script sweep;
};

/// Returns a script about entries. `entries` is the Lua text that defines their
/// kind, `body` uses it. See lua/lease.lua.
redis_script make_entry_script(std::string_view entries, std::string_view body);

lease_scripts make_lease_scripts(std::string_view entries);

/// One kind of entries.
struct lease_kind {
  const lease_scripts& scripts;
  /// The keys passed to all scripts of this kind; the first has the leases.
  std::vector<std::string> keys;
  /// The arguments passed to all scripts of this kind, before their own.
  std::vector<std::string> arguments;
  /// Returns the arguments of an entry that is added, after its name.
  std::vector<std::string> (*added)(std::string_view name,
                                    const std::string& text);
  /// Returns true if the end of an entry is recorded even if Redis never had
  /// it.
  bool (*must_end)(std::string_view name);
  /// True if beginnings and ends are recorded, each once: a step of removals is
  /// repeated unchanged. Otherwise commands may be repeated.
  bool is_recorded;
};

/// Appends a call of a script of that kind; `more` are the script's own
/// arguments.
void append_entry_call(std::string& out, const lease_kind& kind,
                       const redis_script& script,
                       std::span<const std::string_view> more);

/// A command that renews a node's lease, or begins it.
struct lease_renew {
  const lease_kind& kind;
  /// Identifies one run of a node.
  std::string_view node;
  /// At least 1 ms.
  std::chrono::milliseconds length{0};
  /// The cursor that the previous renewal returned; 0 for the first.
  std::uint64_t cursor = 0;
};

struct lease_renewed {
  /// False if the lease had ended or is new. Other nodes may have removed
  /// entries: add all of them again.
  bool had_lease = false;
  std::uint64_t cursor = 0;
  /// Names of some entries that Redis has; each renewal returns others.
  std::vector<std::string> names;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_renew& what);
std::optional<lease_renewed> read_renewed(const redis_reply& reply);

/// A command that adds or replaces entries of a node. It does nothing unless
/// the node's lease is alive.
struct lease_add {
  const lease_kind& kind;
  std::string_view node;
  /// For each entry its name and the result of `lease_kind::added`; at most
  /// `lease_batch` entries.
  std::span<const std::string> words;
};

struct lease_added {
  /// False if nothing was done. Renew the lease, then add all entries again.
  bool had_lease = false;
  /// Number of events made: joins, or channels that became occupied.
  std::size_t made = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_add& what);
std::optional<lease_added> read_added(const redis_reply& reply);

/// An entry to be removed.
struct lease_end {
  std::string name;
  /// The text to record; if empty, the text of the entry. Not used by entries
  /// that are not recorded.
  std::string text;
  /// True if the end is recorded even if Redis does not have the entry any
  /// more.
  bool must = false;
};

/// A command that removes entries of a node, with or without a lease. Entries
/// of other nodes are not changed.
struct lease_remove {
  const lease_kind& kind;
  std::string_view node;
  /// At most `lease_batch` entries.
  std::span<const lease_end> entries;
  /// The number of this step of the node. If ends are recorded, a step that is
  /// sent again has no further effect.
  std::uint64_t step = 0;
  /// Number of events that the node had to drop.
  std::uint64_t lost = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_remove& what);

/// Returns the number of events made.
std::optional<std::size_t> read_entries_removed(const redis_reply& reply);

/// A command that removes entries of one other node whose lease has ended. Each
/// entry is removed once, even if many nodes sweep.
struct lease_sweep {
  const lease_kind& kind;
  /// The node that sweeps; its own entries are not swept.
  std::string_view node;
  /// At most `lease_batch`.
  std::size_t limit = lease_batch;
};

struct lease_swept {
  /// Empty if no lease has ended. Otherwise sweep again, until it is empty.
  std::string node;
  /// Number of events made.
  std::size_t made = 0;
  /// Number of entries of that node still to be swept.
  std::size_t left = 0;
};

void append_command(std::string& out, const redis_keys& keys,
                    const lease_sweep& what);
std::optional<lease_swept> read_swept(const redis_reply& reply);

/// Returns element `at` if it is a number of at least 0.
std::optional<std::uint64_t> count_at(const redis_reply& reply, std::size_t at);

/// Returns true for a list of any length whose elements after the first `from`
/// are texts.
bool is_list_of_texts(const redis_reply& reply, std::size_t from);

} // namespace rookery
