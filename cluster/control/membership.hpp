#pragma once

#include "actors/message/control.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace rookery {

/// The other nodes of the cluster that were heard of lately.
class membership {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// The interval at which a node says that it is there.
  static constexpr std::chrono::milliseconds beat{3'000};

  /// A node that says nothing for so long is gone.
  static constexpr std::chrono::milliseconds patience{10'000};

  /// The maximum number of nodes; more are not taken note of.
  static constexpr std::size_t most = 1'000;

  /// Notes that a node was heard of. Returns true if it is a new one.
  bool heard(const node_identity& node, time_point now);

  /// Departed nodes that are remembered, and for how long.
  static constexpr std::size_t most_departed = 100;
  static constexpr std::chrono::seconds memory{3'600};

  /// Notes that a node has said good-bye.
  void left(const std::string& id, time_point now);

  /// Drops the nodes that were silent for too long, and returns them.
  std::vector<node_identity> expire(time_point now);

  std::vector<node_identity> all() const;

  /// The departed nodes, latest first.
  std::vector<departed_node> departed(time_point now) const;

  std::size_t size() const noexcept { return nodes_.size(); }

private:
  struct entry {
    node_identity node;
    time_point last;
  };

  struct departure {
    node_identity node;
    bool has_left;
    time_point at;
  };

  void forget(const node_identity& node, bool has_left, time_point now);

  std::map<std::string, entry> nodes_; // by id
  std::deque<departure> departed_;     // latest first
};

} // namespace rookery
