#pragma once

#include "actors/message/node_query.hpp"
#include "actors/message/publish_verdict.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// The records of single publications, from which a node finds out why one did
/// not arrive. Copied into answers.
namespace rookery {

using moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// One publication as the channel actor of a loop handled it.
struct handled_publication {
  /// The number of the publication, counted per channel and loop from 1.
  std::uint64_t number = 0;
  std::uint64_t offset = 0; ///< 0: in no history
  moment at;
  std::uint32_t bytes = 0;
  /// True if it was missing and then read from the history.
  bool is_repaired = false;
  std::uint32_t members = 0;
  std::uint32_t dropped = 0; ///< members whose queue was full
};

enum class mark_kind : std::uint8_t {
  joined,
  left,
  dropped, ///< the member's queue was full
  gap,     ///< publications may be missing here
  lost,    ///< publications are missing, also in the history
};

std::string_view to_string(mark_kind what) noexcept;

/// An event of a channel between publications.
struct ledger_mark {
  /// The number of the last publication before it
  /// (`handled_publication::number`).
  std::uint64_t number = 0;
  moment at;
  mark_kind what = mark_kind::joined;
  std::uint64_t connection = 0; ///< actor id; 0: all members
  std::string detail;           ///< e.g. "slow_consumer"; may be empty
};

/// A member, and the point in the channel at which it joined.
struct ledger_member {
  std::uint64_t connection = 0; ///< actor id
  std::string user;
  /// The number of the last publication before it joined.
  std::uint64_t since = 0;
  std::uint64_t queued_bytes = 0;
};

/// The ledger of a channel on one loop; empty if the channel has no member
/// there.
struct ledger_page {
  std::vector<handled_publication> publications; ///< oldest first
  std::vector<ledger_mark> marks;                ///< oldest first
  std::vector<ledger_member> members;
};

/// One publication as a bus sent or received it.
struct bus_publication {
  moment at;
  std::uint64_t offset = 0; ///< 0: in no history, or not known
  std::uint32_t bytes = 0;
  /// The outcome, if the bus sent it.
  publish_verdict verdict = publish_verdict::accepted;
  publish_problem problem = publish_problem::none;
  /// The text of Redis' error; empty if there was none.
  std::string error;
  /// The loops with members, and those that were too far behind, if the bus
  /// received it.
  std::uint16_t loops = 0;
  std::uint16_t dropped = 0;
};

/// Asks a bus for its ledger of a channel.
struct bus_ledger_query {
  std::string channel;
};

struct bus_ledger_page {
  std::vector<bus_publication> published; ///< by this node; oldest first
  std::vector<bus_publication> received;  ///< oldest first
};

} // namespace rookery
