#pragma once

#include "actors/message/history.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace rookery {

/// The settings of the Redis bridge, without those of its links.
struct bridge_options {
  /// The prefix of every channel name in Redis.
  std::string prefix;

  /// The channel of the messages that check the way through Redis and back. No
  /// other node may use it.
  std::string probe_channel;

  /// Identifies this run of the node in the cluster's presence.
  std::string node;

  /// The readable name of the node.
  std::string node_name;

  /// True if this node takes part in presence.
  bool keeps_presence = false;

  /// The times of its lease, see `lease_times`. Probes renew it, at most once
  /// each.
  std::chrono::milliseconds presence_update_interval{5'000};
  std::chrono::milliseconds presence_ttl{15'000};

  /// Time that the position of a history is kept after its last use.
  std::chrono::milliseconds position_ttl{rookery::position_ttl};

  /// Maximum bytes on their way to one loop. Beyond it publications for that
  /// loop are dropped and reported as a gap. A loop handles this much in well
  /// under a second.
  std::size_t backlog_limit = 8 * 1024 * 1024;

  /// Maximum reads of pages of histories and presence under way.
  std::size_t reads = 8;

  /// Time for which a channel stays subscribed without subscribers, so that
  /// clients that reload a page cost Redis nothing.
  std::chrono::milliseconds unsubscribe_delay{1'000};

  /// Time between two probes, and the time limit for one to come back.
  std::chrono::milliseconds probe_interval{5'000};

  /// Time limit of a flush, after which it is answered with an error. If Redis
  /// has left commands unanswered by then, the publish link is dropped: their
  /// senders learn that the outcome is unknown.
  std::chrono::milliseconds flush_timeout{5'000};

  /// Interval at which deadlines are checked while there are any.
  std::chrono::milliseconds tick_interval{250};
};

/// Returns options with a probe channel that no other node uses.
bridge_options make_bridge_options(const std::string& prefix);

} // namespace rookery
