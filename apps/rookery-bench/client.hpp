#pragma once

#include "apps/rookery-bench/ledger.hpp"
#include "apps/rookery-bench/protocol.hpp"

#include <memory>
#include <netinet/in.h>
#include <string>

namespace rookery::bench {

/// One connection of the run: a non-blocking socket and its protocol side.
class client {
public:
  static constexpr std::uint32_t none = ledger::nobody;

  struct role {
    /// The index of its first channel.
    std::uint32_t channel = 0;
    /// Its numbers in the ledger on that channel, or `none`.
    std::uint32_t member = none;
    std::uint32_t publisher = none;
    /// True if its deliveries count for latency.
    bool timed = true;
  };

  client(role role, std::unique_ptr<wire> wire)
    : role_{role}, wire_{std::move(wire)} {}

  client(const client&) = delete;
  client& operator=(const client&) = delete;

  ~client() { abort(); }

  /// Starts to connect from `source` (host order; 0: the kernel's choice), also
  /// after a cut. Returns 0 or an errno.
  int connect(const sockaddr_in& node, std::uint32_t source);

  /// Sends queued bytes until the socket is full; false if the connection is
  /// lost.
  bool flush();

  /// Closes with RST, so that no port stays in TIME_WAIT.
  void abort();

  [[nodiscard]] int descriptor() const { return descriptor_; }

  [[nodiscard]] const role& as() const { return role_; }

  [[nodiscard]] wire& speaks() { return *wire_; }

  std::string& output() { return output_; }

  bool ready = false;
  /// True after a close frame was sent: any end is fine now.
  bool leaving = false;
  /// True while epoll watches for writability.
  bool blocked = false;

private:
  role role_;
  int descriptor_ = -1;
  std::unique_ptr<wire> wire_;
  std::string output_;
};

} // namespace rookery::bench
