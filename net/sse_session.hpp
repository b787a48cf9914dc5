#pragma once

#include "net/session.hpp"

#include <vector>

namespace rookery {

/// A stream of server-sent events (WHATWG HTML, "Server-sent events") as one
/// chunked HTTP/1.1 answer. Frames delivered to it are chunks.
class sse_session : public session {
public:
  /// Registers the session, once, when the object and its actor are complete.
  void start();

  void open() final;

protected:
  /// `fields` are added to the answer: those of `origin_policy`.
  sse_session(std::unique_ptr<accepted_client> accepted,
              std::vector<http_field> fields);

  ~sse_session() = default;

private:
  void received(std::span<const unsigned char> bytes) final;
  bool wants_input() const noexcept final;
  frame_ptr last_frame(close_reason reason) final;
  void sent_last_frame() final;
  void session_deadline() final;

  std::vector<http_field> fields_;
  std::size_t ignored_ = 0;
};

} // namespace rookery
