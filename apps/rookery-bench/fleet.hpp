#pragma once

#include "apps/rookery-bench/client.hpp"
#include "apps/rookery-bench/options.hpp"

#include <deque>
#include <functional>
#include <sys/epoll.h>
#include <vector>

namespace rookery::bench {

/// Nanoseconds of the steady clock.
std::uint64_t steady_now();

/// All connections of a run, served by one thread on one epoll set.
class fleet {
public:
  struct counts {
    std::uint64_t opened = 0;
    std::uint64_t failed = 0;
    /// Connections lost after set-up, not closed by the bench.
    std::uint64_t closed = 0;
  };

  using delivery_handler = std::function<void(client&, std::uint32_t channel,
                                              std::string_view payload)>;

  explicit fleet(const options& options);
  ~fleet();
  fleet(const fleet&) = delete;
  fleet& operator=(const fleet&) = delete;

  void on_delivery(delivery_handler handler) { deliver_ = std::move(handler); }

  /// Starts one connection. Its result shows in the counts and in `problem`.
  client& open(client::role role, protocol speaks, const sockaddr_in& node);

  /// Cuts an established connection without a close frame.
  void cut(client& which);

  /// Reconnects after `cut` and resumes from there.
  void reopen(client& which, const sockaddr_in& node);

  /// Sends the connection's output at the end of this turn.
  void flush_later(client& which);

  /// Closes a connection: with a close frame, which takes until the server has
  /// answered, or by a reset.
  void close(client& which, bool in_good_order);

  /// Flushes, waits for events until `deadline`, and handles them.
  void turn(std::uint64_t deadline);

  [[nodiscard]] const counts& so_far() const { return counts_; }

  /// Connections started, and neither set up nor failed yet.
  [[nodiscard]] std::size_t connecting() const { return connecting_; }

  /// The error of the first connection that failed; empty if none did.
  [[nodiscard]] const std::string& problem() const { return problem_; }

private:
  class delivery_sink;

  void begin(client& which, bool from_loopback, const sockaddr_in& node);
  void flush();
  void handle(client& which, std::uint32_t events);
  void read(client& which);
  void watch(client& which, int operation);
  void drop(client& which, std::string why);

  const options& options_;
  int epoll_;
  std::deque<std::unique_ptr<client>> clients_;
  std::vector<client*> unsent_;
  std::vector<epoll_event> events_;
  std::vector<char> buffer_;
  delivery_handler deliver_;
  counts counts_;
  std::size_t connecting_ = 0;
  std::uint32_t begun_ = 0;
  std::string problem_;
};

} // namespace rookery::bench
