#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <cstdint>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace rookery::test {

/// A client's end of a TCP connection to 127.0.0.1, without any protocol.
class raw_client {
public:
  /// `receive_buffer` other than zero limits the kernel's buffer for a client
  /// that does not read.
  explicit raw_client(std::uint16_t port, int receive_buffer = 0)
    : handle_{::socket(AF_INET, SOCK_STREAM, 0)} {
    if (receive_buffer > 0)
      ::setsockopt(handle_, SOL_SOCKET, SO_RCVBUF, &receive_buffer,
                   sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(handle_, reinterpret_cast<sockaddr*>(&address),
                  sizeof address)
        != 0)
      throw std::runtime_error{"cannot connect"};
    const int on = 1;
    ::setsockopt(handle_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }

  raw_client(raw_client&& other) noexcept
    : handle_{std::exchange(other.handle_, -1)} {}

  ~raw_client() { close(); }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent =
        ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0)
        return; // the server has closed; its answer is in `received`
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  void shutdown_send() { ::shutdown(handle_, SHUT_WR); }

  void close() {
    if (handle_ >= 0)
      ::close(std::exchange(handle_, -1));
  }

  /// Closes with a reset, as a crash does.
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
  }

  /// All bytes received so far, with those that have just arrived.
  const std::string& received() {
    char buffer[65536];
    while (!is_over_) {
      const auto size = ::recv(handle_, buffer, sizeof buffer, MSG_DONTWAIT);
      if (size < 0 && errno == EAGAIN)
        break;
      is_reset_ = size < 0;
      is_over_ = size <= 0;
      if (size > 0)
        received_.append(buffer, static_cast<std::size_t>(size));
    }
    return received_;
  }

  /// Returns true if the server has ended its stream.
  bool is_over() {
    received();
    return is_over_;
  }

  bool is_reset() {
    received();
    return is_reset_;
  }

  void forget() { received_.clear(); }

private:
  int handle_;
  std::string received_;
  bool is_over_ = false;
  bool is_reset_ = false;
};

} // namespace rookery::test
