#pragma once

#include "actors/interfaces.hpp"
#include "actors/pinned_actor.hpp"

#include <functional>

namespace rookery {

/// Speaks for its loop: its snapshot, those of its actors, pages of them.
class loop_reporter final : public pinned_actor<loop_actor> {
public:
  /// Adds what the owner of the loop's sockets knows; called on the loop.
  using add_facts = std::function<void(snapshot&)>;

  loop_reporter(caf::actor_config& config, add_facts more);

  std::string_view kind() const noexcept override { return "loop"; }

  behavior_type make_behavior() override;

private:
  caf::result<snapshot> inspect_one(std::uint64_t id) const;
  void describe(snapshot& out) const override;

  add_facts more_;
};

} // namespace rookery
