#pragma once

#include "actors/message/backend.hpp"
#include "configs/http_url.hpp"
#include "net/timer_wheel.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace rookery {

class io_loop;

/// One connection to an HTTP/1.1 server, for one request after the other. Loop
/// thread only.
class http_link final : public std::enable_shared_from_this<http_link>,
                        public wheel_entry {
public:
  /// The receiver of the answer to a request: one of these calls comes, never
  /// within `send`.
  class listener {
  public:
    /// The answer is complete.
    virtual void answered(backend_answer answer) = 0;

    /// The link cannot be used any more. `is_untouched`: no byte of the request
    /// was sent.
    virtual void failed(backend_failure why, bool is_untouched) = 0;

  protected:
    ~listener() = default;
  };

  /// All references must outlive the link's last call.
  http_link(io_loop& loop, const http_url& server, std::size_t max_body);

  ~http_link();

  /// Sends a whole request, which must live until the listener is called or the
  /// link closed; connects first if it is not connected.
  void send(std::string_view request, listener& events);

  /// Returns true if the link is between two requests, and the server has
  /// neither ended the connection nor sent unrequested bytes.
  bool is_usable();

  bool is_closed() const noexcept { return is_closed_; }

  /// The time for which the link may be kept idle after its last answer.
  std::chrono::milliseconds patience() const noexcept { return patience_; }

  /// Ends the connection; no handler is called any more.
  void close() noexcept;

private:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;
  struct answer_parser;

  void expire() override { close(); }

  void resolve();
  void connect(const tcp::resolver::results_type& endpoints);
  void connected(error_code ec);
  void write();
  void read();
  void parse(std::size_t size, error_code ec);
  void finish();
  void fail(backend_failure why, bool is_untouched = false);

  io_loop& loop_;
  const http_url& server_;
  const std::size_t max_body_;
  tcp::resolver resolver_;
  tcp::socket socket_;
  std::unique_ptr<answer_parser> parser_;
  std::string input_;
  std::string_view request_;
  listener* events_ = nullptr; // null: no request under way
  std::chrono::milliseconds patience_{0};
  bool is_connected_ = false;
  bool is_closed_ = false;
};

} // namespace rookery
