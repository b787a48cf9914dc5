#pragma once

#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/recording_session.hpp"

#include <caf/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// The events of a recording session.
using events = std::vector<std::string>;

/// A session of one kind and its client on one loop.
template <class Recording>
struct session_fixture : net_fixture {
  ~session_fixture() {
    session.reset();
    loop().sessions().abort_all();
    pump();
    CAF_CHECK_EQUAL(Recording::alive, 0);
  }

  bool hears(std::string_view bytes) {
    return pump_until([&] { return client->received().ends_with(bytes); });
  }

  bool sees(const events& expected) {
    return pump_until([&] { return session->events == expected; });
  }

  bool is_gone() {
    return pump_until([&] { return loop().sessions().size() == 0; });
  }

  std::optional<raw_client> client;
  boost::intrusive_ptr<Recording> session;
};

} // namespace rookery::test
