#include "actors/channel/bus_access.hpp"

namespace rookery {

std::optional<publish_outcome>
bus_access::publish(const caf::strong_actor_ptr& sender, publication_ptr what,
                    std::uint64_t ticket, acknowledge when, idempotency_key key,
                    history_use use) {
  const auto& bus = buses_.owner_of(what->channel());
  publish_terms terms{history_for(what->channel(), use), std::move(key)};
  if (bus.inline_target()) {
    tell(sender, bus,
         publish_command{std::move(what), ticket, when, {}, std::move(terms)});
    return std::nullopt;
  }
  const auto cost = what->cost();
  if (backlog_->bytes() + cost > backlog_limit)
    return publish_outcome{ticket, publish_verdict::refused,
                           publish_problem::overloaded};
  tell(sender, bus,
       publish_command{std::move(what), ticket, when, charge{backlog_, cost},
                       std::move(terms)});
  return std::nullopt;
}

void bus_access::publish(const caf::strong_actor_ptr& sender, credit spent,
                         publication_ptr what, std::uint64_t ticket,
                         acknowledge when, history_use use) {
  const auto& bus = buses_.owner_of(what->channel());
  publish_terms terms{history_for(what->channel(), use), {}};
  tell(
    sender, bus,
    publish_command{
      std::move(what), ticket, when, {}, std::move(terms), std::move(spent)});
}

history_options bus_access::history_for(std::string_view channel,
                                        history_use use) const {
  return use == history_use::keep ? history_of(rules_.of(channel))
                                  : history_options{};
}

void bus_access::read(const caf::strong_actor_ptr& sender, history_query what) {
  tell(sender, buses_.owner_of(what.channel), std::move(what));
}

void bus_access::remove(const caf::strong_actor_ptr& sender,
                        history_removal what) {
  tell(sender, buses_.owner_of(what.channel), std::move(what));
}

void bus_access::enter(presence_enter what) {
  tell({}, buses_.owner_of(what.channel), std::move(what));
}

void bus_access::leave(presence_leave what) {
  tell({}, buses_.owner_of(what.channel), std::move(what));
}

void bus_access::note(client_entered what) {
  tell({}, buses_.owner_of(what.client), std::move(what));
}

void bus_access::note(client_left what) {
  tell({}, buses_.owner_of(what.client), std::move(what));
}

void bus_access::ask(const caf::strong_actor_ptr& sender, presence_query what) {
  tell(sender, buses_.owner_of(what.channel), std::move(what));
}

} // namespace rookery
