#pragma once

#include "actors/actor_ref.hpp"
#include "actors/interfaces.hpp"
#include "actors/light_actor.hpp"

#include <string>
#include <vector>

namespace rookery {

/// The actor of one channel on one loop: holds the channel's members there and
/// hands them every publication, encoded once for all. A light actor: a node
/// may have as many channels as connections, and an ordinary actor takes a
/// kilobyte more.
class channel final : public light_actor {
public:
  channel(caf::actor_config& config, std::string name);

  /// Starts the actor of the channel `name` on `home`, on its thread.
  static actor_ref<channel_actor> start(loop& home, std::string name);

  std::string_view kind() const noexcept override { return "channel"; }

private:
  outcome receive(caf::mailbox_element& element, caf::message& reply) override;

  void deliver(const delivery& next);
  void confirm(confirm_atom);
  void tell_gap(const gapped& gap);
  void join(join_atom, const subscription_ptr& newcomer);
  void leave(leave_atom, const subscription_ptr& leaver);

  void retire(retire_atom) { quit(); }

  snapshot look(inspect_atom) { return inspect(); }

  void describe(snapshot& out) const override;
  void on_exit() override;

  std::string name_;
  std::vector<subscription_ptr> members_;
  bool confirmed_ = false;
  std::uint64_t publications_ = 0;
  std::uint64_t deliveries_ = 0;
  std::uint64_t gaps_ = 0;
};

} // namespace rookery
