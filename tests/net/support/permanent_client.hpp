#pragma once

#include "configs/utf8.hpp"
#include "tests/net/support/pooled_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace rookery::test {

/// Returns the request of a good WebSocket handshake, for Beast.
inline boost::beast::http::request<boost::beast::http::empty_body>
beast_upgrade_request() {
  boost::beast::http::request<boost::beast::http::empty_body> result{
    boost::beast::http::verb::get, "/", 11};
  result.set("Host", "x");
  result.set("Upgrade", "websocket");
  result.set("Connection", "upgrade");
  result.set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  result.set("Sec-WebSocket-Version", "13");
  return result;
}

/// The reference for pooled readers: a client with a Beast stream of its own,
/// used as Beast's manual says, plus the node's own rules.
class permanent_client {
public:
  permanent_client(boost::asio::io_context& context, std::size_t max_message)
    : context_{context}, stream_{context}, peer_{context} {
    boost::beast::test::connect(stream_.next_layer(), peer_);
    stream_.read_message_max(max_message);
    stream_.accept(beast_upgrade_request());
    peer_.clear();
    read();
  }

  void feed(std::string_view bytes) {
    if (result_.is_over())
      return;
    boost::system::error_code ec;
    peer_.write_some(boost::asio::buffer(bytes), ec);
    context_.restart();
    context_.poll();
  }

  /// The events so far; close codes unknown to RFC 6455 are answered with 1002.
  reading result() const {
    auto result = result_;
    const auto written = peer_.str();
    result.output = std::string{written.data(), written.size()};
    if (result.is_over() && stream_.reason().code >= 5000) {
      result.events.back() = "closed:protocol_error";
      result.output.replace(result.output.size() - 2, 2, "\x03\xea");
    }
    return result;
  }

private:
  void read() {
    stream_.async_read(buffer_,
                       [this](boost::system::error_code ec, std::size_t) {
                         // The callback may run after this client is gone.
                         if (ec != boost::asio::error::operation_aborted)
                           on_read(ec);
                       });
  }

  void on_read(boost::system::error_code ec) {
    namespace websocket = boost::beast::websocket;
    if (ec == websocket::error::closed)
      return result_.closed(close_reason::normal);
    if (ec == websocket::error::message_too_big)
      return result_.closed(close_reason::message_too_big);
    if (ec == websocket::error::bad_frame_payload)
      return result_.closed(close_reason::invalid_text);
    if (ec)
      return result_.closed(close_reason::protocol_error);
    const auto data = buffer_.data();
    const std::string_view payload{static_cast<const char*>(data.data()),
                                   data.size()};
    if (stream_.got_text() && !is_valid_utf8(payload))
      return result_.closed(close_reason::invalid_text);
    result_.message(payload, stream_.got_text() ? payload_kind::text
                                                : payload_kind::binary);
    buffer_.consume(buffer_.size());
    read();
  }

  boost::asio::io_context& context_;
  boost::beast::websocket::stream<boost::beast::test::stream, false> stream_;
  boost::beast::test::stream peer_;
  boost::beast::flat_buffer buffer_;
  reading result_;
};

} // namespace rookery::test
