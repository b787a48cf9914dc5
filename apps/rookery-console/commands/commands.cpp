#include "apps/rookery-console/commands/commands.hpp"

namespace rookery::console {

const std::vector<command_group>& all_commands() {
  static const std::vector<command_group> all{
    {"State",
     {nodes_command(), actors_command(), inspect_command(),
      connections_command(), channels_command(), channel_command(),
      user_command(), bridge_command()}},
    {"Events",
     {events_command(), refusals_command(), gaps_command(), why_command(),
      top_command(), watch_command()}},
    {"Actions",
     {publish_command(), kick_command(), disconnect_user_command(),
      unsubscribe_command(), drain_command(), log_level_command()}}};
  return all;
}

const command* find_command(std::string_view name) {
  for (const auto& group : all_commands())
    for (const auto& one : group.commands)
      if (one.name == name)
        return &one;
  return nullptr;
}

} // namespace rookery::console
