#include "cluster/local_events.hpp"

#include "cluster/event_text.hpp"
#include "cluster/random_number.hpp"
#include "cluster/random_text.hpp"

#include <utility>

namespace rookery {

namespace {

/// Characters that tell the events of this bus from all others.
constexpr std::size_t origin_size = 12;

} // namespace

local_events::local_events(std::string name,
                           std::unique_ptr<event_sender> backend,
                           event_courier::clock now,
                           memory_event_store::limits most)
  : name_{std::move(name)},
    now_{std::move(now)},
    backend_{std::move(backend)},
    store_{random_text(origin_size), most},
    courier_{store_, *backend_, now_, random_numbers()} {}

void local_events::occupy(std::string_view channel) {
  if (const auto found = idle_.find(channel); found != idle_.end())
    idle_.erase(found);
  else
    record("occupied", {}, "\"channel\":" + channel_text(channel));
}

void local_events::vacate(std::string_view channel) {
  idle_[std::string{channel}] = now_() + vacate_delay;
}

void local_events::leave(const client_left& what) {
  record("disconnect", what.client, client_text(name_, what));
}

void local_events::record(std::string_view type, std::string_view id,
                          std::string text) {
  store_.add(
    id, std::string{"\"type\":\""}.append(type).append("\",").append(text));
  courier_.wake();
}

void local_events::vacate_until(time_point end) {
  std::erase_if(idle_, [this, end](const auto& each) {
    if (each.second > end)
      return false;
    record("vacated", {}, "\"channel\":" + channel_text(each.first));
    return true;
  });
}

void local_events::tick() {
  vacate_until(now_());
  courier_.tick();
}

void local_events::vacate_now() {
  vacate_until(time_point::max());
}

bool local_events::is_done() const noexcept {
  return idle_.empty() && store_.size() == 0 && courier_.is_idle();
}

void local_events::describe(snapshot& out) const {
  out.add("events_waiting", static_cast<std::int64_t>(store_.size()));
  out.add("events_lost", static_cast<std::int64_t>(store_.lost()));
  courier_.describe(out);
}

} // namespace rookery
