#pragma once

#include "net/accepted_client.hpp"
#include "net/client_socket.hpp"
#include "net/http_exchange.hpp"
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

  void give_way() override { shut(close_reason::going_away); }

  void add_reference() noexcept override;
  void release_reference() noexcept override;

  /// Answers the pending request.
  void respond(http_response response);

  /// See `http_exchange::take`.
  std::unique_ptr<accepted_client> take(http_request request);

  void end_turn() override;
  void finish(close_reason reason) override;
  void close_without_output(close_reason reason) override;

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

  void read_on(std::string_view bytes);
  void serve();
  void answer(const http_response& response);
  void expect_request();

  std::atomic<unsigned> references_ = 0;
  http_service& service_;
  request_reader reader_;
  std::string remote_address_;
  std::uint16_t local_port_ = 0;
  const bool is_surplus_;
  bool is_pending_ = false;
  bool is_head_ = false;
  bool is_closing_ = false;
  bool was_idle_ = false;
  bool is_behind_ = false;
};

} // namespace rookery
