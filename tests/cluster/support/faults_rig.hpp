#pragma once

#include "configs/log.hpp"
#include "tests/cluster/support/bus_rig.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// A bridge with a watchdog of half a second, and its log.
struct faults_rig {
  faults_rig() {
    log::redirect(
      [this](std::string_view line) { lines.add(std::string{line}); });
    options.server.host = "127.0.0.1";
    options.ping_interval = std::chrono::milliseconds{500};
    options.connect_timeout = std::chrono::seconds{1};
    numbers.probe_interval = std::chrono::seconds{1};
  }

  ~faults_rig() {
    rig.reset();
    log::redirect({});
  }

  void start(std::uint16_t port) {
    options.server.port = port;
    rig = std::make_unique<bus_rig>(redis_bridges(numbers, options, health));
  }

  /// Starts it as a user of `redis` that has these rights.
  void start_as(redis_server& redis, const std::vector<std::string>& rights) {
    std::vector<std::string> words{"ACL", "SETUSER", "rook",
                                   "on",  ">secret", "resetchannels"};
    words.insert(words.end(), rights.begin(), rights.end());
    redis.command(words);
    options.server.user = "rook";
    options.server.password = "secret";
    start(redis.port());
  }

  void want_lobby() { rig->want_on(1, "lobby", ann); }

  bool becomes_ready() {
    return eventually([this] { return health.is_ready(); });
  }

  bool becomes_unready() {
    return eventually([this] { return !health.is_ready(); });
  }

  bool logged(std::string_view what) const {
    for (const auto& line : lines.events())
      if (line.find(what) != std::string::npos)
        return true;
    return false;
  }

  redis_options options;
  bridge_options numbers = make_bridge_options("t:");
  bus_health health;
  line_log lines;
  line_log ann;
  std::unique_ptr<bus_rig> rig;
};

} // namespace rookery::test
