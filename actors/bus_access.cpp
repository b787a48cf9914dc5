#include "actors/bus_access.hpp"

namespace rookery {

std::optional<publish_outcome>
bus_access::publish(const caf::strong_actor_ptr& sender, publication_ptr what,
                    std::uint64_t ticket, acknowledge when) {
  const auto& bus = buses_.owner_of(what->channel());
  if (bus.inline_target()) {
    tell(sender, bus, publish_command{std::move(what), ticket, when, {}});
    return std::nullopt;
  }
  const auto cost = what->cost();
  if (backlog_->bytes() + cost > backlog_limit)
    return publish_outcome{ticket, publish_verdict::refused,
                           publish_problem::overloaded};
  tell(sender, bus,
       publish_command{std::move(what), ticket, when, charge{backlog_, cost}});
  return std::nullopt;
}

} // namespace rookery
