#pragma once

#include "net/http_message.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace rookery {

struct session_limits;

/// Turns a client's bytes into HTTP/1.1 requests, one after the other (RFC
/// 9112), and refuses malformed, too large or ambiguous ones.
class request_reader {
public:
  enum class progress {
    incomplete,       ///< more bytes are needed
    has_head,         ///< `head` is complete and a body follows; once
    expects_continue, ///< the same, and the client waits for 100; once
    complete,         ///< `take_request` has one
    refused           ///< `refusal` says why; no further request can be read
  };

  /// `limits` must outlive the reader.
  explicit request_reader(const session_limits& limits);

  ~request_reader();

  /// Takes bytes of the client, possibly none, and reads on. After `complete`
  /// the request must be taken first.
  progress feed(std::string_view bytes);

  /// Returns the request without its body, from `has_head` on.
  http_request& head() noexcept { return request_; }

  /// Returns the bytes that are kept of an unfinished request.
  std::size_t held_bytes() const noexcept;

  /// Frees what is kept. Nothing can be read any more.
  void give_up() noexcept;

  /// Returns the request and makes room for the next one.
  http_request take_request();

  const http_response& refusal() const noexcept { return refusal_; }

  /// True while nothing of a request has come.
  bool is_idle() const noexcept;

  /// Returns the bytes after the requests that were taken.
  std::string take_rest();

private:
  struct parser;

  progress read_on();
  progress refuse(unsigned status, std::string_view text);
  progress parse(std::size_t& used);
  progress check_header();

  const session_limits& limits_;
  std::string input_;
  http_request request_;
  http_response refusal_;
  std::unique_ptr<parser> parser_;
  bool is_header_checked_ = false;
  bool awaits_continue_ = false;
};

} // namespace rookery
