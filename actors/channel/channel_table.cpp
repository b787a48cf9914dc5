#include "actors/channel/channel_table.hpp"

#include "actors/channel/channel.hpp"
#include "actors/channel/member.hpp"
#include "actors/channel/namespaces.hpp"

#include <utility>

namespace rookery {

channel_table::channel_table(loop& home, const bus_directory& buses,
                             const namespaces& rules)
  : home_{home}, buses_{buses}, rules_{rules} {}

subscription_ptr
channel_table::join(std::string_view name, member& newcomer,
                    std::unique_ptr<const stream_position> from, credit spent) {
  const auto found = entries_.find(name);
  const auto is_new = found == entries_.end();
  auto& entry = is_new ? start(name) : found->second;
  ++entry.members;
  ++members_;
  subscription_ptr place{new subscription{newcomer, entry}};
  place->from = std::move(from);
  tell({}, entry.actor, join_atom_v, place);
  // Ask the bus after the join: if it has the subscription already it confirms
  // at once, and one read of the history then serves the newcomer, too.
  if (is_new)
    tell({}, entry.bus,
         want{entry.name, home_.index(), entry.generation, entry.actor,
              std::move(spent)});
  return place;
}

void channel_table::leave(const subscription_ptr& place, leave_cause why,
                          credit spent) {
  auto& entry = *place->entry;
  const auto connection = place->to->facts().connection;
  place->to = nullptr;
  place->entry = nullptr;
  tell({}, entry.actor, departure{place, connection, why});
  --members_;
  if (--entry.members == 0)
    retire(entry, std::move(spent));
}

void channel_table::resume(const subscription_ptr& place) {
  if (place->from && place->entry && !place->is_waiting)
    tell({}, place->entry->actor, resume_atom_v, place);
}

ledger_page channel_table::look_up(const ledger_query& query) const {
  const auto found = entries_.find(query.channel);
  if (found == entries_.end())
    return {};
  const auto* actor = found->second.actor.inline_target();
  return actor ? static_cast<const channel*>(actor)->look_up(query)
               : ledger_page{};
}

channel_entry& channel_table::start(std::string_view name) {
  auto& entry = entries_[std::string{name}];
  entry.name = name;
  entry.bus = buses_.owner_of(name);
  const auto kept = history_of(rules_.of(name));
  const history_access history{entry.bus, memory_, counted_, kept};
  entry.actor =
    channel::start(home_, entry.name, kept.keeps() ? &history : nullptr);
  entry.generation = ++generation_;
  return entry;
}

void channel_table::retire(channel_entry& entry, credit spent) {
  tell({}, entry.bus,
       unwant{entry.name, home_.index(), entry.generation, std::move(spent)});
  tell({}, entry.actor, retire_atom_v);
  entries_.erase(entries_.find(entry.name));
}

} // namespace rookery
