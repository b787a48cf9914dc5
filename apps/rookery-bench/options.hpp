#pragma once

#include "apps/rookery-bench/protocol.hpp"

#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/types.h>
#include <variant>
#include <vector>

namespace rookery::bench {

/// What a run is asked to do. Times are in seconds.
struct options {
  std::vector<std::string> nodes;
  std::vector<std::string> publish_nodes;
  protocol member_protocol = protocol::plain;
  std::optional<protocol> publisher_protocol;
  std::string path = "/ws/{channel}";
  unsigned channels = 1;
  std::string channel_prefix = "bench-";
  unsigned subscribers = 1;
  unsigned publishers = 1;
  /// Publications per second in all; 0: closed loop.
  double rate = 0;
  unsigned window = 1;
  unsigned payload = 128;
  double warmup = 1;
  double duration = 5;
  double settle = 0.5;
  unsigned connecting = 64;
  unsigned sources = 4;
  unsigned churn = 0;
  std::vector<pid_t> server_pids;
  bool json = false;
  bool progress = false;

  /// Where members and publishers connect, resolved.
  std::vector<sockaddr_in> node_addresses;
  std::vector<sockaddr_in> publish_addresses;

  /// Publishers are connections of their own, not the first members.
  [[nodiscard]] bool separate_publishers() const {
    return !publish_nodes.empty();
  }

  [[nodiscard]] protocol publish_with() const {
    return publisher_protocol.value_or(member_protocol);
  }

  /// Reads a command line; where there is nothing to run, the exit status.
  static std::variant<options, int> parse(int argc, char** argv);
};

} // namespace rookery::bench
