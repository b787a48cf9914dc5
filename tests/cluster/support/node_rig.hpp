#pragma once

#include "cluster/node/node.hpp"
#include "cluster/tokens/make_token_verifier.hpp"
#include "tests/cluster/support/bus_rig.hpp"
#include "tests/cluster/support/redis_server.hpp"
#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/raw_client.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/test/unit_test.hpp>

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::test {

/// A node on real sockets, and clients of it.
class node_rig {
public:
  /// The protocols must outlive the rig.
  explicit node_rig(settings wanted = {},
                    protocol_table protocols = all_protocols())
    : config{std::move(wanted)} {
    config.listen.port = free_port();
    config.admin.port = free_port();
    subject = std::make_unique<node>(system, config, "one", *tokens.verifier,
                                     "the demo", web_console{}, protocols);
    CAF_REQUIRE(!subject->start());
  }

  ~node_rig() {
    clients.clear();
    subject.reset();
  }

  /// Returns a new client whose WebSocket on `path` is open.
  raw_client& join(std::string_view path) {
    auto& client = clients.emplace_back(config.listen.port);
    open(client, path);
    return client;
  }

  /// Returns a new client of the admin listener, whose WebSocket is open.
  raw_client& join_admin(std::string_view path) {
    auto& client = clients.emplace_back(config.admin.port);
    open(client, path);
    return client;
  }

  static bool hears(raw_client& client, std::string_view what) {
    return eventually(
      [&] { return client.received().find(what) != std::string::npos; });
  }

  /// Returns the answer of the admin listener.
  std::string ask(std::string_view path) {
    raw_client client{config.admin.port};
    client.send("GET " + std::string{path}
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    CAF_REQUIRE(eventually([&] { return client.is_over(); }));
    return client.received();
  }

  bool shows(std::string_view path, std::string_view what) {
    return ask(path).find(what) != std::string::npos;
  }

  settings config;
  token_setup tokens = make_token_verifier(config.token);
  caf::actor_system_config actors;
  caf::actor_system system{actors};
  std::unique_ptr<node> subject;
  std::list<raw_client> clients;

private:
  static void open(raw_client& client, std::string_view path) {
    client.send("GET " + std::string{path}
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CAF_REQUIRE(hears(client, "\r\n\r\n"));
    CAF_REQUIRE(client.received().starts_with("HTTP/1.1 101"));
    client.forget();
  }
};

} // namespace rookery::test
