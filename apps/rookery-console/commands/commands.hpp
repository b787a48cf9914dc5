#pragma once

#include "apps/rookery-console/command.hpp"

namespace rookery::console {

/// All commands, in the order of the help.
const std::vector<command_group>& all_commands();

/// Returns null if there is no command of that name.
const command* find_command(std::string_view name);

command nodes_command();
command actors_command();
command inspect_command();
command connections_command();
command channels_command();
command channel_command();
command user_command();
command events_command();
command refusals_command();
command gaps_command();
command why_command();
command bridge_command();
command top_command();
command watch_command();
command kick_command();
command disconnect_user_command();
command unsubscribe_command();
command publish_command();
command drain_command();
command log_level_command();

} // namespace rookery::console
