#include "bench/limit/listen.hpp"

#include "bench/limit/check.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace rookery::limit {

namespace {

constexpr int backlog = 4096;
constexpr int on = 1;

} // namespace

descriptor listen_on(std::uint16_t port) {
  constexpr int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
  descriptor result{check(socket(AF_INET, type, 0), "socket")};
  check(setsockopt(result.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)),
        "setsockopt");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(bind(result.number(), reinterpret_cast<sockaddr*>(&address),
             sizeof(address)),
        "bind");
  check(listen(result.number(), backlog), "listen");
  return result;
}

std::uint16_t port_of(const descriptor& listener) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  check(getsockname(listener.number(), reinterpret_cast<sockaddr*>(&address),
                    &size),
        "getsockname");
  return ntohs(address.sin_port);
}

descriptor accept_client(const descriptor& listener) {
  descriptor result{
    accept4(listener.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (result.number() >= 0)
    setsockopt(result.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return result;
}

} // namespace rookery::limit
