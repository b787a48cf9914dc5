#include "actors/channel.hpp"

#include "actors/frame_cache.hpp"
#include "actors/light_handlers.hpp"
#include "actors/member.hpp"

namespace rookery {

channel::channel(caf::actor_config& config, std::string name)
  : light_actor{config}, name_{std::move(name)} {}

actor_ref<channel_actor> channel::start(loop& home, std::string name) {
  const auto made = spawn_light<channel>(home, std::move(name));
  return {caf::actor_cast<channel_actor>(made.pointer()), *made};
}

channel::outcome channel::receive(caf::mailbox_element& element,
                                  caf::message& reply) {
  using handlers =
    light_handlers<channel_actor, &channel::deliver, &channel::confirm,
                   &channel::tell_gap, &channel::join, &channel::leave,
                   &channel::retire, &channel::look>;
  return handlers::invoke(*this, element.content(), reply) ? outcome::handled
                                                           : outcome::unmatched;
}

void channel::deliver(const delivery& next) {
  ++publications_;
  frame_cache frames{*next.what};
  for (const auto& place : members_) {
    if (place->to) {
      place->to->deliver(*place, frames);
      ++deliveries_;
    }
  }
}

void channel::confirm(confirm_atom) {
  confirmed_ = true;
  for (const auto& place : members_)
    if (place->to)
      place->to->subscribed(*place);
}

void channel::tell_gap(const gapped& gap) {
  ++gaps_;
  for (const auto& place : members_)
    if (place->to)
      place->to->missed(*place, gap.reason);
}

void channel::join(join_atom, const subscription_ptr& newcomer) {
  newcomer->position = static_cast<std::uint32_t>(members_.size());
  members_.push_back(newcomer);
  if (confirmed_ && newcomer->to)
    newcomer->to->subscribed(*newcomer);
}

void channel::leave(leave_atom, const subscription_ptr& leaver) {
  const auto position = leaver->position;
  members_.back()->position = position;
  members_[position] = std::move(members_.back());
  members_.pop_back();
}

void channel::describe(snapshot& out) const {
  light_actor::describe(out);
  out.add("name", name_);
  out.add("members", static_cast<std::int64_t>(members_.size()));
  out.add_flag("confirmed", confirmed_);
  out.add("publications", static_cast<std::int64_t>(publications_));
  out.add("deliveries", static_cast<std::int64_t>(deliveries_));
  out.add("gaps", static_cast<std::int64_t>(gaps_));
}

void channel::on_exit() {
  members_.clear();
}

} // namespace rookery
