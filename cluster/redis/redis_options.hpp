#pragma once

#include "cluster/shared/backoff.hpp"
#include "configs/redis_url.hpp"

#include <chrono>
#include <cstddef>

namespace rookery {

/// The address of Redis and the settings of both links to it.
struct redis_options {
  redis_url server;

  /// The time limit of an attempt, until Redis has answered the first PING.
  std::chrono::milliseconds connect_timeout{2'000};

  /// Time between PINGs. A link that receives no bytes from one PING to the
  /// next is dropped, so a hung Redis is noticed after at most twice this time.
  std::chrono::milliseconds ping_interval{3'000};

  /// The link is dropped if a command has no answer after this time. The
  /// outcome of its publishes is then unknown.
  std::chrono::milliseconds answer_timeout{10'000};

  /// Maximum bytes of one reply, and so of one received publication. Larger
  /// ones would let one sender fill the memory of every node.
  std::size_t reply_bytes = 16 * 1024 * 1024;

  /// Maximum bytes of commands without an answer; more are refused. Clients
  /// spend credit on theirs, for a part of this; the node's own work always has
  /// the rest.
  std::size_t unanswered_bytes = 32 * 1024 * 1024;

  /// Maximum bytes of commands that the subscribe link prepares before its
  /// socket has sent them.
  std::size_t command_bytes = 1024 * 1024;

  /// Maximum names in one SUBSCRIBE: Redis serves no other client while it
  /// runs.
  std::size_t names_per_command = 512;

  backoff::range pauses;
};

} // namespace rookery
