#pragma once

#include "tests/cluster/support/presence_rig.hpp"
#include "tests/cluster/support/webhook_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <functional>

namespace rookery::test {

/// Runs `test` with either kind of entries on an empty Redis: it checks the
/// promises that hold for every kind.
inline void with_every_kind(const std::function<void(lease_rig&)>& test) {
  CAF_MESSAGE("presence");
  {
    presence_rig rig;
    test(rig);
  }
  CAF_MESSAGE("webhooks");
  webhook_rig rig;
  test(rig);
}

} // namespace rookery::test
