#include "net/reader.hpp"

#include "actors/message/websocket_frame.hpp"
#include "configs/utf8.hpp"
#include "net/memory_stream.hpp"
#include "net/session_limits.hpp"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace rookery {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

using upgrade_request = http::request<http::empty_body>;

// Of a large message no more is allocated than has come, to within this size.
constexpr std::size_t read_step = 64 * 1024;

// A buffer that grew beyond this is given up between messages.
constexpr std::size_t kept_buffer = 16 * 1024;

// Beast's stream with its buffers and the pending read, as measured.
constexpr std::size_t own_size = 4608;

constexpr std::uint16_t first_unassigned_code = 5000;

upgrade_request to_beast(const http_request& request) {
  upgrade_request result{http::verb::get, request.target, 11};
  for (const auto& field : request.fields)
    result.insert(field.name, field.value);
  return result;
}

const upgrade_request& canned_request() {
  static const auto result = [] {
    upgrade_request request{http::verb::get, "/", 11};
    request.set(http::field::host, "localhost");
    request.set(http::field::upgrade, "websocket");
    request.set(http::field::connection, "upgrade");
    request.set(http::field::sec_websocket_key, "dGhlIHNhbXBsZSBub25jZQ==");
    request.set(http::field::sec_websocket_version, "13");
    return request;
  }();
  return result;
}

class beast_reader final : public reader {
public:
  beast_reader(boost::asio::io_context& context, const session_limits& limits)
    : stream_{context.get_executor(), *this},
      max_empty_fragments_{limits.empty_fragments} {
    stream_.read_message_max(limits.max_message);
    stream_.control_callback([this](websocket::frame_type type, auto) {
      if (type == websocket::frame_type::pong)
        sink_->on_pong();
    });
  }

  /// Names that subprotocol when it accepts.
  void choose(std::string_view subprotocol) {
    stream_.set_option(websocket::stream_base::decorator(
      [name = std::string{subprotocol}](websocket::response_type& answer) {
        answer.set(http::field::sec_websocket_protocol, name);
      }));
  }

  /// Without a sink the answer goes nowhere.
  bool accept(const upgrade_request& request, reader_sink* sink) {
    sink_ = sink;
    boost::system::error_code ec;
    stream_.accept(request, ec);
    sink_ = nullptr;
    if (!ec)
      read();
    return !ec;
  }

  bool feed(reader_sink& sink, std::span<const unsigned char> bytes) override {
    sink_ = &sink;
    stream_.next_layer().feed(bytes.data(), bytes.size());
    sink_ = nullptr;
    if (!failed_ && is_flooded())
      fail(close_reason::policy_violation);
    return !failed_;
  }

  void set_message_bound(std::size_t max) override {
    stream_.read_message_max(max);
  }

  std::size_t held_bytes() const noexcept override {
    return own_size + buffer_.size();
  }

  bool between_messages() const noexcept override {
    return tracker().between_messages();
  }

  std::uint32_t frames() const noexcept override { return tracker().frames(); }

  bool is_reusable() const noexcept override {
    return !failed_ && between_messages() && !tracker().tainted();
  }

  close_reason failure() const noexcept override { return failure_; }

  /// For the stream's lower layer.
  bool wants_more() const noexcept { return !failed_ && !is_flooded(); }

  /// For the stream's lower layer: takes what the stream writes.
  template <class Buffers>
  std::size_t wrote(const Buffers& buffers) {
    const auto size = beast::buffer_bytes(buffers);
    if (!sink_ || size == 0)
      return size;
    auto bytes = frame::allocate(size);
    boost::asio::buffer_copy(boost::asio::buffer(bytes->data(), size), buffers);
    if (echoes_unassigned_code(bytes->bytes())) {
      bytes = encode_close(1002, {});
      broke_close_ = true;
    }
    sink_->on_output(std::move(bytes));
    return size;
  }

private:
  const frame_tracker& tracker() const noexcept {
    return stream_.next_layer().tracker();
  }

  bool is_flooded() const noexcept {
    return tracker().empty_fragments() > max_empty_fragments_;
  }

  // RFC 6455 §7.4.2 ends at 4999; Beast answers any higher code with the same.
  static bool echoes_unassigned_code(std::string_view bytes) noexcept {
    const auto at = [&](std::size_t i) {
      return static_cast<unsigned char>(bytes[i]);
    };
    return bytes.size() >= 4 && at(0) == 0x88
           && (at(2) << 8 | at(3)) >= first_unassigned_code;
  }

  void read() {
    stream_.async_read_some(
      buffer_, read_step,
      [this](boost::system::error_code ec, std::size_t) { on_read(ec); });
  }

  void on_read(boost::system::error_code ec) {
    if (ec)
      return fail(reason_of(ec));
    if (stream_.is_message_done() && !deliver())
      return;
    read();
  }

  bool deliver() {
    const auto data = buffer_.data();
    const std::string_view payload{static_cast<const char*>(data.data()),
                                   data.size()};
    const auto kind =
      stream_.got_text() ? payload_kind::text : payload_kind::binary;
    if (kind == payload_kind::text && tracker().tainted()
        && !is_valid_utf8(payload)) {
      fail(close_reason::invalid_text);
      return false;
    }
    sink_->on_message(payload, kind);
    // Only here: while a read is pending the buffer must stay where it is.
    buffer_.consume(buffer_.size());
    if (buffer_.capacity() > kept_buffer)
      buffer_ = beast::flat_buffer{};
    return true;
  }

  close_reason reason_of(boost::system::error_code ec) const noexcept {
    if (ec == websocket::error::closed)
      return broke_close_ ? close_reason::protocol_error : close_reason::normal;
    if (ec == websocket::error::message_too_big)
      return close_reason::message_too_big;
    if (ec == websocket::error::bad_frame_payload)
      return close_reason::invalid_text;
    return close_reason::protocol_error;
  }

  void fail(close_reason reason) noexcept {
    failed_ = true;
    failure_ = reason;
  }

  websocket::stream<memory_stream<beast_reader>, false> stream_;
  beast::flat_buffer buffer_;
  reader_sink* sink_ = nullptr;
  const unsigned max_empty_fragments_;
  close_reason failure_ = close_reason::normal;
  bool failed_ = false;
  bool broke_close_ = false;
};

} // namespace

std::unique_ptr<reader> reader::create(boost::asio::io_context& context,
                                       const session_limits& limits) {
  auto result = std::make_unique<beast_reader>(context, limits);
  result->accept(canned_request(), nullptr);
  return result;
}

std::unique_ptr<reader>
reader::upgrade(boost::asio::io_context& context, const session_limits& limits,
                const http_request& request, reader_sink& sink,
                std::string_view subprotocol) {
  auto result = std::make_unique<beast_reader>(context, limits);
  if (!subprotocol.empty())
    result->choose(subprotocol);
  if (!result->accept(to_beast(request), &sink))
    return nullptr;
  return result;
}

} // namespace rookery
