#pragma once

#include "net/client_socket.hpp"

#include <atomic>
#include <cstddef>

namespace rookery {

/// The clients of one loop whose sockets are open, HTTP included, with one
/// reference to each. Loop thread only, except `size`.
class session_list {
public:
  session_list() = default;
  session_list(const session_list&) = delete;
  session_list& operator=(const session_list&) = delete;

  void add(client_socket& added) noexcept;

  /// Releases the reference to `gone`, which may destroy it. Does nothing if it
  /// is not in the list.
  void remove(client_socket& gone) noexcept;

  /// Stops taking input from clients, present and future. Closing clients are
  /// still read.
  void pause_reading() noexcept;

  /// Takes input again.
  void resume_reading() noexcept;

  /// Stops taking input from each client from which nothing has come since the
  /// last call, and all that came before has been worked off. Returns true when
  /// it was the last.
  bool finish_reading() noexcept;

  /// Tells all present clients to close.
  void close_all(close_reason reason);

  /// Cuts every socket.
  void abort_all();

  /// Cuts every socket without a report: for the end of a loop, when the actors
  /// are gone.
  void drop_all() noexcept;

  /// Ends the clients with the largest output queues, until these held `excess`
  /// bytes together.
  void relieve(std::size_t excess);

  /// Any thread.
  std::size_t size() const noexcept {
    return size_.load(std::memory_order_relaxed);
  }

private:
  using list =
    boost::intrusive::list<client_socket,
                           boost::intrusive::base_hook<client_hook>,
                           boost::intrusive::constant_time_size<false>>;

  list clients_;
  std::atomic<std::size_t> size_ = 0;
  bool is_paused_ = false;
};

} // namespace rookery
