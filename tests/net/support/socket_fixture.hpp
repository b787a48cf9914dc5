#pragma once

#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/socket_client.hpp"

#include <caf/test/unit_test.hpp>

#include <utility>

namespace rookery::test {

/// A client's end of a connection and the loop's.
struct joined_socket {
  raw_client peer;
  socket_ptr client;
};

/// A loop with sockets that record what they are told.
struct socket_fixture : net_fixture {
  ~socket_fixture() {
    loop().sessions().abort_all();
    pump();
    CAF_CHECK_EQUAL(socket_client::alive, 0);
  }

  joined_socket join() {
    auto [peer, accepted] = connect();
    socket_ptr client{new socket_client{loop(), std::move(accepted)}};
    client->begin();
    return {std::move(peer), std::move(client)};
  }
};

} // namespace rookery::test
