#pragma once

#include "actors/message/control.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace rookery {

/// The other nodes of the cluster that sent a message lately.
class membership {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// The interval at which a node says that it is running.
  static constexpr std::chrono::milliseconds beat{3'000};

  /// A node that is silent for this time is considered gone.
  static constexpr std::chrono::milliseconds patience{10'000};

  /// The maximum number of nodes; more are ignored.
  static constexpr std::size_t max_nodes = 1'000;

  /// Notes that a node sent a message. Returns true if the node is new.
  bool heard(const node_identity& node, time_point now);

  /// Notes that a node sent a message that is not understood. Returns true for
  /// the first one.
  bool misunderstood(const std::string& id);

  /// The limits of the list of departed nodes: its size, and the time for which
  /// a node stays in it.
  static constexpr std::size_t max_departed = 100;
  static constexpr std::chrono::seconds memory{3'600};

  /// The maximum number of strangers; more are ignored.
  static constexpr std::size_t max_strangers = 100;

  /// Notes that a node said that it is about to end.
  void left(const std::string& id, time_point now);

  /// Notes that a node, as it names itself, sent a message that cannot be
  /// accepted. Returns true if that was not so before.
  bool heard_stranger(const stranger_node& node, time_point now);

  /// Returns those heard lately.
  std::vector<stranger_node> strangers(time_point now) const;

  /// Removes the nodes that were silent for `patience`, and returns them.
  std::vector<node_identity> expire(time_point now);

  std::vector<node_identity> all() const;

  /// Returns the departed nodes, latest first.
  std::vector<departed_node> departed(time_point now) const;

  std::size_t size() const noexcept { return nodes_.size(); }

private:
  struct entry {
    node_identity node;
    time_point last;
    bool is_understood = true;
  };

  struct stranger {
    stranger_node node;
    time_point last;
  };

  struct departure {
    node_identity node;
    bool has_left;
    time_point at;
  };

  void forget(const node_identity& node, bool has_left, time_point now);

  std::map<std::string, entry> nodes_;        // by id
  std::deque<departure> departed_;            // latest first
  std::map<std::string, stranger> strangers_; // by id
};

} // namespace rookery
