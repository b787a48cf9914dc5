#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <sys/epoll.h>

namespace rookery {

class client_socket;

/// The sockets of one loop's clients in an epoll set of their own, which Asio
/// watches as one descriptor: a socket needs no state in Asio, and reading from
/// it no call but `recv`. Events come at edges (epoll(7), EPOLLET), input from
/// the beginning, output once it was asked for; a change of what is watched
/// reports again what is ready. Its wait counts as work of the context until
/// `close`. Loop thread only.
class poller {
public:
  /// `context` must outlive the poller. Throws std::system_error.
  explicit poller(boost::asio::io_context& context);

  poller(const poller&) = delete;
  poller& operator=(const poller&) = delete;

  /// Watches `socket` for the input of `owner`, which must live until it is
  /// forgotten and the socket is closed or handed over. Returns false if the
  /// kernel refuses.
  [[nodiscard]] bool add(int socket, client_socket& owner) noexcept;

  /// The same for a socket that is watched for another owner.
  [[nodiscard]] bool hand_over(int socket, client_socket& owner) noexcept;

  /// Reports to `owner` from now on, too, when its watched socket takes output
  /// again.
  [[nodiscard]] bool add_output(int socket, client_socket& owner) noexcept;

  /// Drops all events of `owner` that were reported already.
  void forget(const client_socket& owner) noexcept;

  /// Stops watching all sockets.
  void close() noexcept;

private:
  bool control(int operation, int socket, client_socket& owner,
               std::uint32_t events) noexcept;
  void wait();
  void dispatch();
  void fetch();

  /// Events taken before others on the loop get their turn.
  static constexpr std::size_t batch_size = 256;

  boost::asio::io_context& context_;

  boost::asio::posix::basic_stream_descriptor<
    boost::asio::io_context::executor_type>
    set_;
  std::array<epoll_event, batch_size> batch_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
};

} // namespace rookery
