#pragma once

#include "actors/interfaces.hpp"
#include "actors/pinned_actor.hpp"

#include <string>
#include <vector>

namespace rookery {

/// The actor of one channel on one loop: holds the channel's members there and
/// hands them every publication, encoded once for all.
class channel final : public pinned_actor<channel_actor> {
public:
  channel(caf::actor_config& config, std::string name);

  std::string_view kind() const noexcept override { return "channel"; }

  behavior_type make_behavior() override;

private:
  void deliver(const delivery& next);
  void confirm();
  void tell_gap(const gapped& gap);
  void join(const subscription_ptr& newcomer);
  void leave(const subscription_ptr& leaver);

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
