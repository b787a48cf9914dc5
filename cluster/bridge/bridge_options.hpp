#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace rookery {

/// The numbers of the Redis bridge besides those of its links.
struct bridge_options {
  /// Stands before every channel name in Redis.
  std::string prefix;

  /// The channel whose messages prove that the way around Redis is open. No
  /// other node may use it.
  std::string probe_channel;

  /// Names this run of the node in the cluster's presence.
  std::string node;

  /// The node's name for people.
  std::string node_name;

  /// True: this node takes part in presence. Each probe renews its lease.
  bool keeps_presence = false;

  /// Bytes on their way to one loop from which on publications for it are
  /// dropped and told as a gap: what a loop handles in well under a second.
  std::size_t backlog_limit = 8 * 1024 * 1024;

  /// A channel without subscribers stays subscribed for this long: clients that
  /// reload a page cost Redis nothing.
  std::chrono::milliseconds unsubscribe_delay{1'000};

  /// Time between two probes, and for one to come back.
  std::chrono::milliseconds probe_interval{5'000};

  /// A flush that takes longer is answered with an error; shorter than the
  /// drain timeout of a node.
  std::chrono::milliseconds flush_timeout{5'000};

  /// Interval at which deadlines are checked while there is one.
  std::chrono::milliseconds tick_interval{250};
};

/// Returns options with a probe channel that no other node has.
bridge_options make_bridge_options(const std::string& prefix);

} // namespace rookery
