#pragma once

#include "actors/channel/channel_table.hpp"
#include "actors/client/client_index.hpp"
#include "actors/runtime/pinned_actor.hpp"

namespace rookery {

/// The actor that carries out the commands and queries for all nodes on one
/// loop, with the loop's clients and channels.
class loop_commands final : public pinned_actor<loop_commands_actor> {
public:
  /// Both must outlive the actor.
  loop_commands(caf::actor_config& config, client_index& clients,
                const channel_table& channels)
    : pinned_actor{config}, clients_{clients}, channels_{channels} {}

  std::string_view kind() const noexcept override { return "loop_commands"; }

  behavior_type make_behavior() override;

private:
  loop_part answer(const client_command& command);
  loop_part answer(const channels_query& query);
  loop_part answer(const info_query& query);

  // Admin queries go to nodes, not to loops.
  loop_part answer(const admin_query&) { return {admin_reply{}}; }

  clients_ended end(const client_ending& what);
  void describe(snapshot& out) const override;

  /// The maximum number of actors that one `client_ending` looks at.
  static constexpr int max_looks = 4'096;

  client_index& clients_;
  const channel_table& channels_;
  std::uint64_t ending_after_ = 0; // id after which the next search begins
};

} // namespace rookery
