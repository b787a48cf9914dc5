#pragma once

#include "net/http_connection.hpp"
#include "net/session_limits.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace rookery {

class io_loop;
struct arrival;

/// A listening socket of one loop. Accepts in batches, so that a herd does not
/// keep the clients waiting that are here already. Pauses where few descriptors
/// are left; clients then wait in the kernel's queue. Loop thread only, except
/// `open`.
class acceptor : public std::enable_shared_from_this<acceptor> {
public:
  using endpoint_type = boost::asio::ip::tcp::endpoint;
  using error_code = boost::system::error_code;

  /// `all` are the loops whose clients count for `max_connections`. `gate` is
  /// null if addresses have no limits. Everything must outlive the loop's run.
  acceptor(io_loop& loop, std::vector<io_loop*> all, http_service& service,
           const session_limits& limits, client_gate* gate = nullptr);

  /// Listens on `endpoint`, which other acceptors of this process may share.
  /// Before `start`.
  error_code open(const endpoint_type& endpoint);

  /// 0 until `open` has succeeded.
  std::uint16_t port() const noexcept { return port_; }

  void start() { wait(); }

  void close() noexcept;

private:
  void wait();
  void accept_batch();
  bool accept_one();
  void admit(arrival from);
  address_refusal count(arrival& from);
  bool has_idle_clients() const noexcept;
  bool make_room();
  void make_surplus_room(std::string_view newcomer);
  bool is_beyond(int handle) const noexcept;
  bool has_descriptor() noexcept;
  void pause(std::string_view reason);
  void retry_later();
  std::size_t connections() const noexcept;
  void refuse(arrival from, address_refusal why);

  io_loop& loop_;
  const std::vector<io_loop*> all_;
  http_service& service_;
  const session_limits limits_;
  client_gate* const gate_;
  token_bucket answers_; // to refused addresses
  boost::asio::ip::tcp::acceptor socket_;
  boost::asio::steady_timer retry_;
  std::uint16_t port_ = 0;
  bool is_short_ = false;
};

} // namespace rookery
