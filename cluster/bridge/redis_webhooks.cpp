#include "cluster/bridge/redis_webhooks.hpp"

#include "cluster/shared/random_number.hpp"

#include <utility>

namespace rookery {

redis_webhooks::redis_webhooks(redis_requests& desk, const std::string& node,
                               const std::string& name,
                               std::unique_ptr<webhook_sender> backend,
                               webhook_delivery::clock now)
  : now_{std::move(now)},
    backend_{std::move(backend)},
    store_{desk, node},
    webhooks_{store_, *backend_, now_, random_numbers()},
    book_{desk, node, name, [this] { webhooks_.wake(); }} {}

void redis_webhooks::tick() {
  book_.tick(now_());
  webhooks_.tick();
}

void redis_webhooks::describe(snapshot& out) const {
  book_.describe(out);
  webhooks_.describe(out);
}

} // namespace rookery
