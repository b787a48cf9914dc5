#pragma once

#include "cluster/shared/backoff.hpp"
#include "configs/redis_url.hpp"

#include <chrono>
#include <cstddef>

namespace rookery {

/// The address of Redis, and all numbers of the two links to it.
struct redis_options {
  redis_url server;

  /// From the start of an attempt until Redis has answered the first PING.
  std::chrono::milliseconds connect_timeout{2'000};

  /// Time between PINGs. A link without any byte from one PING to the next is
  /// dropped: a hung Redis is noticed in at most twice this time.
  std::chrono::milliseconds ping_interval{3'000};

  /// The outcome of a publish without an answer for this long is unknown.
  std::chrono::milliseconds answer_timeout{10'000};

  /// Bytes of one reply: the largest publication that can come in. Larger ones
  /// would let one sender hold the memory of every node.
  std::size_t reply_bytes = 16 * 1024 * 1024;

  /// Bytes of publishes without an answer; beyond that they are refused. One
  /// publication of the largest size must fit.
  std::size_t unanswered_bytes = 16 * 1024 * 1024;

  /// Bytes of commands the subscribe link prepares ahead of its socket.
  std::size_t command_bytes = 1024 * 1024;

  /// Names in one SUBSCRIBE: Redis serves nobody else while it runs.
  std::size_t names_per_command = 512;

  backoff::range pauses;
};

} // namespace rookery
