#pragma once

#include "net/acceptor.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// One address and port, served by an acceptor on each loop; the kernel spreads
/// clients over them.
class listener {
public:
  /// `address` is an IPv4 or IPv6 literal; port 0 lets the kernel pick one.
  /// `gate` is null if addresses have no limits. `loops`, `service` and `gate`
  /// must outlive the loops' run.
  listener(std::string address, std::uint16_t port, std::vector<io_loop*> loops,
           http_service& service, const session_limits& limits,
           client_gate* gate = nullptr);

  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;

  /// Closes.
  ~listener();

  /// Begins to accept, once the loops run. Returns the error, if any, such as
  /// "cannot listen on 127.0.0.1:8080: Address already in use".
  std::optional<std::string> open();

  /// The port listened on.
  std::uint16_t port() const noexcept { return port_; }

  /// Any thread: ends accepting. A loop that is accepting right now may still
  /// finish its batch after this has returned.
  void close();

private:
  std::string complaint(const boost::system::error_code& ec) const;

  const std::string address_;
  std::uint16_t port_;
  const std::vector<io_loop*> loops_;
  http_service& service_;
  const session_limits limits_;
  client_gate* const gate_;
  std::vector<std::shared_ptr<acceptor>> acceptors_;
};

} // namespace rookery
