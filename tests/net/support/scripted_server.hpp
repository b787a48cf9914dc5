#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace rookery::test {

/// A server on 127.0.0.1 that acts as the test says, on the test's thread.
class scripted_server {
public:
  struct connection {
    int handle;
    std::string received;
    bool is_over = false;
  };

  scripted_server()
    : handle_{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* where = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(handle_, where, size) != 0 || ::listen(handle_, 512) != 0
        || ::getsockname(handle_, where, &size) != 0)
      throw std::runtime_error{"cannot listen"};
    port_ = ntohs(address.sin_port);
  }

  ~scripted_server() {
    stop_listening();
    for (std::size_t i = 0; i < clients_.size(); ++i)
      close(i);
  }

  std::uint16_t port() const noexcept { return port_; }

  void stop_listening() {
    if (handle_ >= 0)
      ::close(handle_);
    handle_ = -1;
  }

  /// All connections so far, with the bytes received on them.
  const std::vector<connection>& look() {
    for (;;) {
      const auto next = ::accept4(handle_, nullptr, nullptr, 0);
      if (next < 0)
        break;
      clients_.push_back({next, {}});
    }
    for (auto& each : clients_)
      read(each);
    return clients_;
  }

  void send(std::size_t client, std::string_view bytes) {
    ::send(clients_[client].handle, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  void answer(std::size_t client, std::string_view body,
              std::string_view fields = {}) {
    send(client,
         "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size())
           + "\r\n" + std::string{fields} + "\r\n" + std::string{body});
  }

  void close(std::size_t client) {
    auto& handle = clients_[client].handle;
    if (handle >= 0)
      ::close(handle);
    handle = -1;
  }

private:
  static void read(connection& from) {
    char buffer[65536];
    while (from.handle >= 0 && !from.is_over) {
      const auto size =
        ::recv(from.handle, buffer, sizeof buffer, MSG_DONTWAIT);
      if (size < 0 && errno == EAGAIN)
        return;
      from.is_over = size <= 0;
      if (size > 0)
        from.received.append(buffer, static_cast<std::size_t>(size));
    }
  }

  int handle_;
  std::uint16_t port_ = 0;
  std::vector<connection> clients_;
};

} // namespace rookery::test
