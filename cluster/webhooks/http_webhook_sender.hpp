#pragma once

#include "cluster/webhooks/webhook_sender.hpp"
#include "net/http_client.hpp"

#include <string>

namespace rookery {

/// A sender that posts events to one URL; any 2xx status acknowledges them.
/// Loop thread only.
class http_webhook_sender final : public webhook_sender {
public:
  /// `loop` must outlive this.
  http_webhook_sender(io_loop& loop, http_url server);

  void send(std::string body, handler then) override;

private:
  http_client client_;
};

} // namespace rookery
