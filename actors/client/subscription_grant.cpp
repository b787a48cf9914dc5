#include "actors/client/subscription_grant.hpp"

namespace rookery {

subscription_grant grant_of(const channel_options& options,
                            const channel_overrides& changes) {
  subscription_grant result{options};
  auto& now = result.options;
  now.presence = changes.presence.value_or(now.presence);
  now.join_leave = changes.join_leave.value_or(now.join_leave);
  now.force_join_leave =
    changes.force_push_join_leave.value_or(now.force_join_leave);
  now.force_recovery = changes.force_recovery.value_or(now.force_recovery);
  result.force_positioning = changes.force_positioning.value_or(false);
  return result;
}

} // namespace rookery
