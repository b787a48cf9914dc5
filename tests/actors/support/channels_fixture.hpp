#pragma once

#include "actors/channel/channel.hpp"
#include "tests/actors/support/loop_fixture.hpp"

#include <string>
#include <vector>

namespace rookery::test {

/// A loop with channels named "0", "1" and so on; checks at the end that none
/// is left.
struct channels_fixture : loop_fixture {
  ~channels_fixture() override {
    for (const auto& x : channels)
      tell({}, x, retire_atom_v);
    settle();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  void start_channels(int count) {
    for (int i = 0; i < count; ++i)
      channels.push_back(channel::start(home, std::to_string(i), nullptr));
  }

  std::vector<actor_ref<channel_actor>> channels;
};

} // namespace rookery::test
