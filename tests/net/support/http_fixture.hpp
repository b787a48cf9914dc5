#pragma once

#include "net/http_connection.hpp"
#include "tests/net/support/net_fixture.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

using exchange_ptr = std::shared_ptr<http_exchange>;

/// A client of a service that answers as the test says, or keeps the requests
/// pending.
struct http_fixture : net_fixture, http_service {
  ~http_fixture() {
    pending.clear();
    loop().sessions().abort_all();
    pump();
  }

  std::optional<http_response> refuse_body(const http_request& head) override {
    if (head.field("X-API-Key") == "wrong")
      return refusal(401, "wrong key");
    return std::nullopt;
  }

  void handle(exchange_ptr exchange) override {
    if (answer)
      answer(*exchange);
    else
      pending.push_back(std::move(exchange));
  }

  void begin(int receive_buffer = 0) {
    auto [end, accepted] = connect(receive_buffer);
    const auto send_buffer = static_cast<int>(limits.send_buffer);
    ::setsockopt(accepted.native_handle(), SOL_SOCKET, SO_SNDBUF, &send_buffer,
                 sizeof send_buffer);
    client.emplace(std::move(end));
    http_connection::start(loop(), {std::move(accepted), "192.0.2.7", 80},
                           *this);
  }

  void echo_targets() {
    answer = [](http_exchange& exchange) {
      http_response response;
      response.body.append("<").append(exchange.request().target).append(">");
      exchange.respond(std::move(response));
    };
  }

  void get(std::string_view target) {
    client->send("GET " + std::string{target} + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  bool hears(std::string_view bytes) {
    return pump_until(
      [&] { return client->received().find(bytes) != std::string::npos; });
  }

  bool has_pending() {
    return pump_until([&] { return !pending.empty(); });
  }

  bool is_gone() {
    return pump_until([&] { return loop().sessions().size() == 0; });
  }

  std::optional<raw_client> client;
  std::vector<exchange_ptr> pending;
  std::function<void(http_exchange&)> answer;
};

} // namespace rookery::test
