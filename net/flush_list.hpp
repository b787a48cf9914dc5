#pragma once

#include "net/client_socket.hpp"

#include <vector>

namespace rookery {

class io_loop;

/// The clients of one loop that have output or news; each gets its turn's end
/// once. Loop thread only.
class flush_list {
public:
  /// `loop` must outlive the list.
  explicit flush_list(io_loop& loop) noexcept : loop_{loop} {}

  void add(client_socket& dirty);

  /// Ends the turn of the clients that were added before; if that takes long,
  /// the turn of the others comes next.
  void run();

  /// Notes that a client has sent something.
  void count_send() noexcept { ++steps_; }

  void clear() noexcept;

private:
  io_loop& loop_;
  std::vector<client_ptr> dirty_;
  std::vector<client_ptr> batch_;
  std::size_t next_ = 0;  // of the batch
  std::size_t steps_ = 0; // since the last look at the clock
};

} // namespace rookery
