#pragma once

#include "actors/message/close_reason.hpp"
#include "actors/message/frame.hpp"
#include "actors/message/payload.hpp"
#include "net/http_message.hpp"
#include "net/input_ledger.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace rookery {

struct session_limits;

/// The receiver of a reader's results while it is fed.
class reader_sink {
public:
  /// A complete message; `payload` is valid during the call.
  virtual void on_message(std::string_view payload, payload_kind kind) = 0;

  virtual void on_pong() = 0;

  /// Bytes for the client: the answer to its upgrade, a pong, a close frame.
  virtual void on_output(frame_ptr bytes) = 0;

protected:
  ~reader_sink() = default;
};

/// The WebSocket side of one client at a time: turns its bytes into messages,
/// answers its pings and its close, refuses input that breaks RFC 6455. Between
/// two messages it holds nothing of the client and can serve another one.
/// Counts as outstanding work of its io_context. Loop thread only.
class reader {
public:
  /// Returns a reader for clients whose upgrade is answered already.
  static std::unique_ptr<reader> create(boost::asio::io_context& context,
                                        const session_limits& limits);

  /// Answers the upgrade `request` with 101 through `sink`, naming
  /// `subprotocol` unless it is empty. Returns null, and has answered with an
  /// error, if Beast refuses it.
  static std::unique_ptr<reader>
  upgrade(boost::asio::io_context& context, const session_limits& limits,
          const http_request& request, reader_sink& sink,
          std::string_view subprotocol = {});

  virtual ~reader() = default;

  /// Takes bytes of the current client. Returns false when the client has
  /// closed or must be closed; then the reader is of no more use and `failure`
  /// says why.
  virtual bool feed(reader_sink& sink,
                    std::span<const unsigned char> bytes) = 0;

  /// Bounds the next message, in bytes. Between messages only.
  virtual void set_message_bound(std::size_t max) = 0;

  /// Returns the memory that an unfinished message takes, the reader included.
  virtual std::size_t held_bytes() const noexcept = 0;

  /// The place of an unfinished message in the ledger of its loop.
  unfinished_input& held() noexcept { return held_; }

  /// True when the client's next byte begins a message.
  virtual bool between_messages() const noexcept = 0;

  /// Counts the frames that were fed, and begins anew after the last number.
  virtual std::uint32_t frames() const noexcept = 0;

  /// True when another client can be next.
  virtual bool is_reusable() const noexcept = 0;

  /// After `feed` has returned false: `normal` if the client has closed. The
  /// sink has got the close frame to send, unless the text was found invalid
  /// too late for Beast (`invalid_text`) or the message was made of empty
  /// fragments (`policy_violation`).
  virtual close_reason failure() const noexcept = 0;

private:
  unfinished_input held_;
};

} // namespace rookery
