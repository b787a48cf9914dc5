#pragma once

#include "actors/backend.hpp"
#include "cluster/event_sender.hpp"
#include "net/http_client.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Posts events to one URL; any 2xx acknowledges them. Loop thread only.
class http_event_sender final : public event_sender {
public:
  /// Sends `fields` with every request. `loop` must outlive this.
  http_event_sender(io_loop& loop, http_url server,
                    std::vector<backend_field> fields);

  void send(std::string body, handler then) override;

private:
  std::vector<backend_field> fields_;
  http_client client_;
};

} // namespace rookery
