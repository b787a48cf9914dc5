#include "net/listener.hpp"

#include "net/io_loop.hpp"

#include <boost/asio/ip/v6_only.hpp>

#include <utility>

namespace rookery {

namespace {

namespace asio = boost::asio;

using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;

/// Checks that the port is free. The acceptors share their port with every
/// socket that asks for it, even of a second node, so probe with one that does
/// not share.
error_code probe(const tcp::endpoint& endpoint) {
  asio::io_context context;
  tcp::acceptor socket{context};
  error_code ec;
  socket.open(endpoint.protocol(), ec);
  if (!ec)
    socket.set_option(tcp::acceptor::reuse_address{true}, ec);
  if (!ec && endpoint.address().is_v6())
    socket.set_option(asio::ip::v6_only{true}, ec);
  if (!ec)
    socket.bind(endpoint, ec);
  return ec;
}

} // namespace

listener::listener(std::string address, std::uint16_t port,
                   std::vector<io_loop*> loops, http_service& service,
                   const session_limits& limits, client_gate* gate)
  : address_{std::move(address)},
    port_{port},
    loops_{std::move(loops)},
    service_{service},
    limits_{limits},
    gate_{gate} {}

listener::~listener() {
  close();
}

std::optional<std::string> listener::open() {
  error_code ec;
  const auto address = asio::ip::make_address(address_, ec);
  if (!ec && port_ != 0)
    ec = probe({address, port_});
  if (ec)
    return complaint(ec);
  std::vector<std::shared_ptr<acceptor>> opened;
  for (auto* loop : loops_) {
    auto next =
      std::make_shared<acceptor>(*loop, loops_, service_, limits_, gate_);
    if (ec = next->open({address, port_}); ec)
      return complaint(ec);
    port_ = next->port();
    opened.push_back(std::move(next));
  }
  acceptors_ = std::move(opened);
  for (std::size_t i = 0; i < acceptors_.size(); ++i)
    loops_[i]->post([started = acceptors_[i]] { started->start(); });
  return std::nullopt;
}

void listener::close() {
  for (std::size_t i = 0; i < acceptors_.size(); ++i)
    loops_[i]->post([closed = acceptors_[i]] { closed->close(); });
  acceptors_.clear();
}

std::string listener::complaint(const error_code& ec) const {
  const bool is_v6 = address_.find(':') != std::string::npos;
  return "cannot listen on " + (is_v6 ? "[" + address_ + "]" : address_) + ":"
         + std::to_string(port_) + ": " + ec.message();
}

} // namespace rookery
