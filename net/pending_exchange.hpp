#pragma once

#include "net/http_connection.hpp"

#include <atomic>

namespace rookery {

/// The exchange that an HTTP connection hands to its service. Keeps the
/// connection alive, whose last reference must end on its loop.
class pending_exchange final : public http_exchange {
public:
  pending_exchange(boost::intrusive_ptr<http_connection> connection,
                   http_request request);

  ~pending_exchange() override;

  const http_request& request() const noexcept override { return request_; }

  io_loop& loop() noexcept override { return loop_; }

  void respond(http_response response) override;

  std::unique_ptr<accepted_client> take() override;

private:
  io_loop& loop_;
  boost::intrusive_ptr<http_connection> connection_;
  http_request request_;
  std::atomic<bool> is_answered_ = false;
};

} // namespace rookery
