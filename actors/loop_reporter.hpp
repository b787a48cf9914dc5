#pragma once

#include "actors/interfaces.hpp"
#include "actors/pinned_actor.hpp"

#include <functional>

namespace rookery {

class channel_table;

/// Speaks for its loop: its snapshot, those of its actors, pages of them.
class loop_reporter final : public pinned_actor<loop_actor> {
public:
  /// Adds what the owner of the loop's sockets knows; called on the loop.
  using add_facts = std::function<void(snapshot&)>;

  /// `channels`, which may be null, must outlive this.
  loop_reporter(caf::actor_config& config, add_facts more,
                const channel_table* channels = nullptr);

  std::string_view kind() const noexcept override { return "loop"; }

  behavior_type make_behavior() override;

private:
  caf::result<snapshot> inspect_one(std::uint64_t id) const;
  void describe(snapshot& out) const override;

  add_facts more_;
  const channel_table* channels_;
};

} // namespace rookery
