#pragma once

#include "actors/message/backend.hpp"
#include "configs/http_url.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace rookery {

class http_link;
class io_loop;

/// The limits of an HTTP client.
struct http_client_limits {
  /// Time from `ask` to the last byte of the answer; a tick of the loop's wheel
  /// may be added.
  std::chrono::milliseconds timeout{1'000};
  /// Requests on their way at once, each on a connection of its own.
  std::size_t concurrency = 64;
  /// Requests that wait for one of those.
  std::size_t queue = 256;
  /// Bytes of an answer's body.
  std::size_t max_body = 1024 * 1024;
};

/// Posts JSON to one URL, over connections that are kept for a moment. A
/// request without an answer is not sent again: the server may have acted on
/// it. Loop thread only.
class http_client final : public backend {
public:
  /// `loop` must outlive the client.
  http_client(io_loop& loop, http_url server, http_client_limits limits);

  /// Cuts all connections. Calls no receiver; `stop` does.
  ~http_client();

  http_client(const http_client&) = delete;
  http_client& operator=(const http_client&) = delete;

  /// Leaves out fields that are not valid in a header.
  bool ask(std::string_view body, std::span<const backend_field> fields,
           receiver done) override;

  /// Ends every request with `backend_failure::stopped`, closes all connections
  /// and refuses requests from now on.
  void stop();

  /// Requests that are not answered yet.
  std::size_t pending() const noexcept;

private:
  class call;
  using calls = std::list<call>;

  std::string request_of(std::string_view body,
                         std::span<const backend_field> fields) const;
  void start(call& which);
  std::shared_ptr<http_link> open();
  std::shared_ptr<http_link> take_idle();
  void keep(std::shared_ptr<http_link> link);
  void finish(call& which, backend_result result);

  io_loop& loop_;
  const http_url server_;
  const http_client_limits limits_;
  calls running_;
  calls waiting_;
  std::vector<std::shared_ptr<http_link>> idle_;
  bool is_stopped_ = false;
};

} // namespace rookery
