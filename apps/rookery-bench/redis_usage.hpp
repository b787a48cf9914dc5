#pragma once

#include <cstdint>
#include <map>
#include <netinet/in.h>
#include <string>
#include <string_view>

namespace rookery::bench {

/// The counters of a Redis (INFO).
struct redis_usage {
  struct command {
    std::uint64_t calls = 0;
    /// Time spent in it; a script's time includes the commands it calls.
    std::uint64_t microseconds = 0;
  };

  /// Processor time of the process, in nanoseconds.
  std::uint64_t cpu = 0;
  std::map<std::string, command> commands;

  /// Parses the answer to INFO.
  static redis_usage read(std::string_view info);

  /// Asks the server; blocks. Throws std::runtime_error on failure.
  static redis_usage of(const sockaddr_in& server);

  [[nodiscard]] redis_usage since(const redis_usage& start) const;
};

} // namespace rookery::bench
