#pragma once

#include "cluster/admin/admin_subjects.hpp"
#include "cluster/admin/node_queries.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <cstdint>

namespace rookery {

/// The actor that answers operators' queries about its node. Runs on CAF's
/// scheduler, outside the loops' threads.
class node_admin final : public admin_actor::base {
public:
  using interface = admin_actor;

  node_admin(caf::actor_config& config, admin_subjects about);

  const char* name() const override { return "admin"; }

  behavior_type make_behavior() override;

  void on_exit() override;

private:
  caf::result<admin_reply> answer(const admin_query& query);
  caf::result<node_facts> survey();
  snapshot inspect_self() const;

  admin_subjects about_;
  node_queries queries_;
  const std::chrono::steady_clock::time_point born_ =
    std::chrono::steady_clock::now();
  std::uint64_t handled_ = 0;
};

} // namespace rookery
