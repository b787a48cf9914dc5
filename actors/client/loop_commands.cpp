#include "actors/client/loop_commands.hpp"

#include <algorithm>
#include <fnmatch.h>

namespace rookery {

loop_commands::behavior_type loop_commands::make_behavior() {
  return {
    [this](const loop_query& query) {
      return std::visit([this](const auto& what) { return answer(what); },
                        *query.what);
    },
    [this](const client_ending& what) { return end(what); },
    [this](inspect_atom) { return inspect(); },
  };
}

loop_part loop_commands::answer(const client_command& command) {
  return {clients_reached{clients_.carry_out(command)}};
}

loop_part loop_commands::answer(const channels_query& query) {
  const auto& pattern = query.pattern;
  channels_page page;
  channels_.visit([&](const std::string& name, std::size_t members) {
    if (pattern.empty() || ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0)
      page.channels.push_back({name, members});
  });
  auto& all = page.channels;
  page.is_cut = all.size() > max_listed_channels;
  const auto end =
    all.begin()
    + static_cast<std::ptrdiff_t>(std::min(all.size(), max_listed_channels));
  std::ranges::partial_sort(all, end, {}, &listed_channel::name);
  all.erase(end, all.end());
  return {std::move(page)};
}

loop_part loop_commands::answer(const info_query&) {
  node_counts result;
  result.clients = clients_.size();
  result.users = clients_.users();
  result.channels = channels_.size();
  result.subscriptions = channels_.members();
  return {result};
}

clients_ended loop_commands::end(const client_ending& what) {
  auto& actors = home()->loop_actors();
  clients_ended result;
  if (what.connection != 0) {
    auto* found = actors.find(what.connection);
    result.ended = found && found->end_client(what.reason) ? 1 : 0;
    return result;
  }
  auto looks = max_looks;
  ending_after_ = actors.visit(ending_after_, [&](loop_actor_base& actor) {
    result.ended += actor.end_client(what.reason) ? 1 : 0;
    return result.ended < what.count && --looks > 0;
  });
  result.has_more = ending_after_ != 0;
  return result;
}

void loop_commands::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.add("clients", static_cast<std::int64_t>(clients_.size()));
  out.add("users", static_cast<std::int64_t>(clients_.users()));
}

} // namespace rookery
