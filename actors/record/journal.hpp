#pragma once

#include "actors/record/ledger.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What happened lately to the clients and channels of a loop. Copies, as they
/// are answered.
namespace rookery {

enum class journal_kind : std::uint8_t {
  connected,
  refused, ///< a connection or a subscription
  subscribed,
  unsubscribed,
  closed,
  dropped,  ///< its queue was full
  gap,      ///< a channel may have missed something
  repaired, ///< it was filled from the history
  lost,     ///< it could not be
};

std::string_view to_string(journal_kind what) noexcept;

struct journal_entry {
  std::uint64_t number = 0; ///< counts the loop's entries, from 1
  moment at;
  journal_kind what = journal_kind::connected;
  std::uint64_t connection = 0; ///< actor id; 0: about a channel
  std::string user;
  std::string channel;
  std::string remote_address;
  std::uint32_t code = 0; ///< what the client was told; 0: nothing
  std::string reason;
};

/// Asks a loop for entries behind number `after`; empty fields choose all.
struct journal_query {
  std::uint64_t after = 0;
  std::string what; ///< name of a `journal_kind`
  std::uint64_t connection = 0;
  std::string user;
  std::string channel;
  /// At most so many; the newest.
  std::uint32_t limit = 100;
};

struct journal_page {
  std::vector<journal_entry> entries; ///< oldest first
  /// Of the last entry there is, chosen or not: where to go on.
  std::uint64_t last = 0;
};

} // namespace rookery
