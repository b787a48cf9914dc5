#pragma once

#include "actors/message/node_query.hpp"
#include "actors/record/ledger.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// The latest events of the clients and channels of a loop, copied into
/// answers.
namespace rookery {

enum class journal_kind : std::uint8_t {
  connected,
  refused, ///< a connection or a subscription
  subscribed,
  unsubscribed,
  closed,
  dropped,     ///< its queue was full
  gap,         ///< a channel may have missed something
  repaired,    ///< the gap was filled from the history
  lost,        ///< the gap could not be filled
  redis_error, ///< Redis has refused a command
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
  std::uint32_t code = 0; ///< the code that the client got; 0: none
  std::string reason;
  std::uint64_t publications = 0; ///< that are lost; 0: unknown
};

struct journal_page {
  std::vector<journal_entry> entries; ///< oldest first
  /// The number of the last entry, listed or not; the next query begins after
  /// it.
  std::uint64_t last = 0;
};

} // namespace rookery
