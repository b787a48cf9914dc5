#include "cluster/redis_events.hpp"

#include "cluster/random_number.hpp"

#include <utility>

namespace rookery {

redis_events::redis_events(redis_desk& desk, const std::string& node,
                           const std::string& name,
                           std::unique_ptr<event_sender> backend,
                           event_courier::clock now)
  : now_{std::move(now)},
    backend_{std::move(backend)},
    store_{desk, node},
    courier_{store_, *backend_, now_, random_numbers()},
    roster_{desk, node, name, [this] { courier_.wake(); }} {}

void redis_events::tick() {
  roster_.tick(now_());
  courier_.tick();
}

void redis_events::describe(snapshot& out) const {
  roster_.describe(out);
  courier_.describe(out);
}

} // namespace rookery
