#include "actors/loop_reporter.hpp"

#include "actors/channel_table.hpp"

#include <caf/sec.hpp>

namespace rookery {

loop_reporter::loop_reporter(caf::actor_config& config, add_facts more,
                             const channel_table* channels)
  : pinned_actor{config}, more_{std::move(more)}, channels_{channels} {}

loop_reporter::behavior_type loop_reporter::make_behavior() {
  return {
    [this](inspect_atom) { return inspect(); },
    [this](inspect_atom, std::uint64_t id) { return inspect_one(id); },
    [this](const listing_query& query) {
      return home()->residents().list(query);
    },
    [this](const ledger_query& query) {
      return channels_ ? channels_->look_up(query) : ledger_page{};
    },
    [this](const journal_query& query) {
      return home()->record().journal.list(query);
    },
    [](meters_atom) { return loop_meters{}; },
  };
}

caf::result<snapshot> loop_reporter::inspect_one(std::uint64_t id) const {
  if (auto found = home()->residents().inspect(id))
    return std::move(*found);
  return caf::make_error(caf::sec::invalid_argument);
}

void loop_reporter::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.add("actors", static_cast<std::int64_t>(home()->residents().size()));
  out.add("wakes", static_cast<std::int64_t>(home()->wakes()));
  if (more_)
    more_(out);
}

} // namespace rookery
