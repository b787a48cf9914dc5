#pragma once

#include "apps/rookery-bench/protocol.hpp"

#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/types.h>
#include <variant>
#include <vector>

namespace rookery::bench {

/// The options of a run. Times are in seconds.
struct options {
  std::vector<std::string> nodes;
  std::vector<std::string> publish_nodes;
  protocol member_protocol = protocol::plain;
  std::optional<protocol> publisher_protocol;
  std::string path = "/ws/{channel}";
  std::string token;
  unsigned channels = 1;
  unsigned channels_per_connection = 1;
  std::string channel_prefix = "bench-";
  unsigned subscribers = 1;
  unsigned publishers = 1;
  /// Publications per second in total; 0: closed loop.
  double rate = 0;
  bool shuffled = false;
  unsigned window = 1;
  unsigned payload = 128;
  double warmup = 1;
  double duration = 5;
  double settle = 0.5;
  unsigned connecting = 64;
  unsigned sources = 4;
  unsigned churn = 0;
  /// Publications per channel while all members are cut off; 0: no cut.
  unsigned missed = 0;
  std::vector<pid_t> server_pids;
  /// The Redis behind the server, for its costs in the report; empty: none.
  std::string redis;
  bool json = false;
  bool progress = false;

  /// The resolved addresses for members and publishers.
  std::vector<sockaddr_in> node_addresses;
  std::vector<sockaddr_in> publish_addresses;
  std::optional<sockaddr_in> redis_address;

  /// Returns true if publishers have connections of their own, instead of the
  /// first members publishing.
  [[nodiscard]] bool separate_publishers() const {
    return !publish_nodes.empty();
  }

  /// The number of groups: connections that share the same channels are one
  /// group.
  [[nodiscard]] unsigned groups() const {
    return channels / channels_per_connection;
  }

  [[nodiscard]] protocol publish_with() const {
    return publisher_protocol.value_or(member_protocol);
  }

  /// Parses a command line. Returns an exit status if there is no run to do.
  static std::variant<options, int> parse(int argc, char** argv);
};

} // namespace rookery::bench
