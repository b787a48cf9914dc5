#include "cluster/memory/local_webhooks.hpp"

#include "cluster/shared/random_number.hpp"
#include "cluster/shared/random_text.hpp"
#include "cluster/webhooks/webhook_text.hpp"

#include <utility>

namespace rookery {

namespace {

/// Length of the random text that makes the event ids of this bus unique.
constexpr std::size_t origin_size = 12;

} // namespace

local_webhooks::local_webhooks(std::string name,
                               std::unique_ptr<webhook_sender> backend,
                               webhook_delivery::clock now,
                               memory_webhook_store::limits bounds)
  : name_{std::move(name)},
    now_{std::move(now)},
    backend_{std::move(backend)},
    store_{random_text(origin_size), bounds},
    delivery_{store_, *backend_, now_, random_numbers()} {}

void local_webhooks::occupy(std::string_view channel) {
  if (const auto found = idle_.find(channel); found != idle_.end())
    idle_.erase(found);
  else
    record({}, channel_event("occupied", channel));
}

void local_webhooks::vacate(std::string_view channel) {
  idle_[std::string{channel}] = now_() + vacate_delay;
}

void local_webhooks::leave(const client_left& what) {
  record(what.client, disconnect_event(name_, what));
}

void local_webhooks::record(std::string_view id, std::string text) {
  store_.add(id, std::move(text));
  delivery_.wake();
}

void local_webhooks::vacate_until(time_point end) {
  std::erase_if(idle_, [this, end](const auto& each) {
    if (each.second > end)
      return false;
    record({}, channel_event("vacated", each.first));
    return true;
  });
}

void local_webhooks::tick() {
  vacate_until(now_());
  delivery_.tick();
}

void local_webhooks::vacate_now() {
  vacate_until(time_point::max());
}

bool local_webhooks::is_done() const noexcept {
  return idle_.empty() && store_.size() == 0 && delivery_.is_idle();
}

void local_webhooks::describe(snapshot& out) const {
  out.add("events_waiting", static_cast<std::int64_t>(store_.size()));
  out.add("events_lost", static_cast<std::int64_t>(store_.lost()));
  delivery_.describe(out);
}

} // namespace rookery
