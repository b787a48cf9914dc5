#pragma once

#include "cluster/bridge/lease_scripts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Presence in Redis: the clients on channels, cluster-wide. Each client on a
/// channel is an entry of its node, see lease_scripts.hpp. Adding a client is a
/// join, removing it a leave. Messages for both are published in the same step,
/// if the entry has them.
namespace rookery {

/// Maximum entries of one listing, and maximum bytes of their infos.
inline constexpr std::uint32_t longest_listing = 1000;
inline constexpr std::size_t longest_listing_bytes = 2 * 1024 * 1024;

const lease_scripts& presence_lease_scripts();

/// Returns all scripts of this file. Load them before sending the commands
/// below.
std::array<const redis_script*, 6> presence_scripts();

/// A command that lists entries of a channel whose node's lease is alive, in no
/// particular order. If there are more than fit, any of them are listed.
struct presence_list {
  const lease_kind& kind;
  std::string_view channel;
  /// At most `longest_listing`.
  std::uint32_t limit = longest_listing;
  /// Maximum bytes of the infos. A listing has at least one entry if there is
  /// any.
  std::size_t max_bytes = longest_listing_bytes;
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

/// A command that counts the clients and the users of a channel. Entries of a
/// node whose lease has ended count until they are swept.
struct presence_count {
  const lease_kind& kind;
  std::string_view channel;
};

struct presence_counts {
  std::uint64_t clients = 0;
  /// Number of distinct users; the empty user counts, too.
  std::uint64_t users = 0;

  friend bool operator==(const presence_counts&,
                         const presence_counts&) = default;
};

void append_command(std::string& out, const redis_keys& keys,
                    const presence_count& what);
std::optional<presence_counts> read_counts(const redis_reply& reply);

} // namespace rookery
