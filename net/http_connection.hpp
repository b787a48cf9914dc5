#pragma once

#include "net/accepted_client.hpp"
#include "net/client_socket.hpp"
#include "net/http_exchange.hpp"
#include "net/input_ledger.hpp"
#include "net/peers/client_gate.hpp"
#include "net/request_reader.hpp"
#include "net/yielding_list.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace rookery {

/// A socket just accepted, with its addresses.
struct arrival {
  descriptor socket;
  std::string remote_address;
  std::uint16_t local_port = 0;
  /// Null: all peers are clients, and none is counted.
  client_gate* gate = nullptr;
  /// The place of a peer that is no proxy.
  address_book::place place = 0;
};

/// A client that speaks HTTP/1.1: its requests are answered one after the
/// other, in order, until it leaves or a session takes its socket. While it
/// waits for a request that need not come, it gives way to others.
class http_connection final : public client_socket, public yielding_client {
public:
  /// Begins to read requests for `service`, which must outlive the loop's run.
  static void start(io_loop& loop, arrival from, http_service& service);

  /// Does the same for a client beyond the maximum of connections, which is
  /// sent away with the answer to its first request.
  static void start_surplus(io_loop& loop, arrival from, http_service& service);

  /// Answers a client at once, without reading a request, and sends it away.
  static void reject(io_loop& loop, arrival from, http_service& service,
                     const http_response& answer);

  void give_way() override { shut(close_reason::going_away); }

  std::string_view address() const noexcept override { return remote_address_; }

  void add_reference() noexcept override;
  void release_reference() noexcept override;

  /// Answers the pending request.
  void respond(http_response response);

  /// See `http_exchange::take`.
  std::unique_ptr<accepted_client> take(http_request request);

  void end_turn() override;
  void finish(close_reason reason) override;
  void close_without_output(close_reason reason) override;
  void cut_input() override;

private:
  http_connection(io_loop& loop, arrival from, http_service& service,
                  bool is_surplus);
  ~http_connection() = default;

  static http_connection& begin(io_loop& loop, arrival from,
                                http_service& service, bool is_surplus);

  void received(std::span<const unsigned char> bytes) override;
  bool wants_input() const noexcept override;
  void input_ended() override;
  void deadline() override;
  void on_shut(close_reason reason) override;
  void leave_loop() noexcept override;

  bool awaits_request() const noexcept;

  /// Returns true if bytes after the last request wait and can be read now.
  bool can_read_on() const noexcept;

  /// Returns true while the peer is a proxy that has still to send the header
  /// of the PROXY protocol.
  bool awaits_header() const noexcept;

  void read_header(std::string_view bytes);
  void set_peer(const ip_address& address);
  void identify(http_request& request) const;
  void read_on(std::string_view bytes);
  bool read_step(std::string_view bytes);
  void serve();
  void answer(const http_response& response);
  void expect_request();

  std::atomic<unsigned> references_ = 0;
  http_service& service_;
  request_reader reader_;
  std::string remote_address_;
  client_gate* gate_;
  std::string header_; // of the PROXY protocol, unfinished
  unfinished_input held_;
  std::uint16_t local_port_ = 0;
  const bool is_surplus_;
  bool is_proxy_ = false;
  bool has_header_ = false;
  bool is_address_told_ = false;
  bool is_pending_ = false;
  bool is_head_ = false;
  bool is_closing_ = false;
  bool was_idle_ = false;
  bool is_behind_ = false;
};

} // namespace rookery
