#include "actors/channel.hpp"

#include "actors/frame_cache.hpp"
#include "actors/member.hpp"

namespace rookery {

channel::channel(caf::actor_config& config, std::string name)
  : pinned_actor{config}, name_{std::move(name)} {}

channel::behavior_type channel::make_behavior() {
  return {
    [this](const delivery& next) { deliver(next); },
    [this](confirm_atom) { confirm(); },
    [this](const gapped& gap) { tell_gap(gap); },
    [this](join_atom, const subscription_ptr& newcomer) { join(newcomer); },
    [this](leave_atom, const subscription_ptr& leaver) { leave(leaver); },
    [this](retire_atom) { quit(); },
    [this](inspect_atom) { return inspect(); },
  };
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

void channel::confirm() {
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

void channel::join(const subscription_ptr& newcomer) {
  newcomer->position = static_cast<std::uint32_t>(members_.size());
  members_.push_back(newcomer);
  if (confirmed_ && newcomer->to)
    newcomer->to->subscribed(*newcomer);
}

void channel::leave(const subscription_ptr& leaver) {
  const auto position = leaver->position;
  members_.back()->position = position;
  members_[position] = std::move(members_.back());
  members_.pop_back();
}

void channel::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.add("name", name_);
  out.add("members", static_cast<std::int64_t>(members_.size()));
  out.add_flag("confirmed", confirmed_);
  out.add("publications", static_cast<std::int64_t>(publications_));
  out.add("deliveries", static_cast<std::int64_t>(deliveries_));
  out.add("gaps", static_cast<std::int64_t>(gaps_));
}

void channel::on_exit() {
  members_.clear();
  pinned_actor::on_exit();
}

} // namespace rookery
