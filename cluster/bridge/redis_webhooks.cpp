#include "cluster/bridge/redis_webhooks.hpp"

#include "cluster/shared/random_number.hpp"

#include <utility>

namespace rookery {

redis_webhooks::redis_webhooks(redis_requests& requests, const redis_keys& keys,
                               const std::string& node, const std::string& name,
                               std::unique_ptr<webhook_sender> backend,
                               webhook_delivery::clock now)
  : now_{std::move(now)},
    backend_{std::move(backend)},
    kind_{make_webhook_kind(keys)},
    store_{requests, kind_, node},
    delivery_{store_, *backend_, now_, random_numbers()},
    book_{requests, kind_, node, name, [this] { delivery_.wake(); }} {}

void redis_webhooks::tick() {
  book_.tick(now_());
  delivery_.tick();
}

void redis_webhooks::describe(snapshot& out) const {
  book_.describe(out);
  delivery_.describe(out);
}

} // namespace rookery
