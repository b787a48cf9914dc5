#pragma once

#include "net/http_message.hpp"

#include <memory>

namespace rookery {

class io_loop;
class accepted_client;

/// One request and its answer. The answer may come later; until then
/// the client's next request is not read. Loop thread only, except `respond`.
class http_exchange {
public:
  virtual ~http_exchange() = default;

  virtual const http_request& request() const noexcept = 0;

  /// The loop that owns the client's socket.
  virtual io_loop& loop() noexcept = 0;

  /// Any thread, once: sends the answer. Does nothing when the client is gone.
  /// An exchange that is dropped unanswered answers 500.
  virtual void respond(http_response response) = 0;

  /// Takes the client out of HTTP: its socket and the bytes after the request
  /// go to a session. Instead of `respond`, within `handle` only.
  virtual std::unique_ptr<accepted_client> take() = 0;
};

/// The handler of a listener's requests. Called on the loop that accepted the
/// client.
class http_service {
public:
  virtual void handle(std::shared_ptr<http_exchange> exchange) = 0;

  /// Answers the one request of a client beyond the maximum of connections.
  virtual http_response answer_surplus(const http_request&) const {
    return refusal(503, "too many connections");
  }

protected:
  ~http_service() = default;
};

} // namespace rookery
