#pragma once

#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/centrifuge/centrifuge_json_codec.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"
#include "tests/actors/support/fake_tokens.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/obliging_bus.hpp"
#include "tests/actors/support/recording_outbox.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::test {

class tested_centrifuge final : public centrifuge_connection {
public:
  tested_centrifuge(caf::actor_config& config, centrifuge_services& services,
                    centrifuge_request request)
    : centrifuge_connection{config, services, request} {}

  outbox& socket() noexcept override { return box; }

  recording_outbox box;
};

using texts = std::vector<std::string>;

/// Clients of the Centrifuge protocol on one loop, with a bus that answers at
/// once. The default namespace is open to everybody; "kept" adds a history,
/// "seen" presence and joins; "users" is closed to anonymous clients, and
/// "closed" allows nothing.
struct centrifuge_fixture : loop_fixture {
  using client_ptr = light_ptr<tested_centrifuge>;

  static channel_options open_options() {
    channel_options result;
    result.allow_subscribe = true;
    result.allow_publish = true;
    result.allow_presence = true;
    result.allow_history = true;
    result.allow_anonymous = true;
    return result;
  }

  static namespaces make_names() {
    string_map<channel_options> named;
    named["kept"] = open_options();
    named["kept"].history_size = 10;
    named["kept"].history_ttl = std::chrono::minutes{1};
    named["seen"] = open_options();
    named["seen"].presence = true;
    named["seen"].join_leave = true;
    named["users"] = open_options();
    named["users"].allow_anonymous = false;
    named["closed"] = {};
    return {open_options(), std::move(named)};
  }

  static centrifuge_rules make_rules() {
    centrifuge_rules result;
    result.anonymous = true;
    result.version = "v";
    return result;
  }

  ~centrifuge_fixture() override {
    for (const auto& each : clients)
      each->closed(close_reason::peer_gone);
    settle();
    CAF_CHECK_EQUAL(table.size(), 0u);
    log.channels.clear();
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    clients.clear();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  /// The same, with the turns of clients that wait.
  void settle() {
    loop_fixture::settle();
    while (std::exchange(is_woken, false)) {
      credits.hand_out();
      loop_fixture::settle();
    }
  }

  /// A client that has not connected yet.
  client_ptr start(centrifuge_request request = {}) {
    auto result = spawn_light<tested_centrifuge>(home, services, request);
    result->begin();
    clients.push_back(result);
    return result;
  }

  void say(const client_ptr& client, std::string_view frame) {
    client->message(frame, payload_kind::text);
    settle();
  }

  /// The texts of the frames since the last call, with ID for a client's id.
  static texts frames(const client_ptr& client) {
    texts result;
    for (const auto& each : client->box.frames)
      result.push_back(masked(payload_of(each)));
    client->box.frames.clear();
    return result;
  }

  /// The messages in these frames.
  static texts heard(const client_ptr& client) {
    texts result;
    for (const auto& frame : frames(client)) {
      std::size_t begin = 0;
      for (;;) {
        const auto end = frame.find('\n', begin);
        result.push_back(frame.substr(begin, end - begin));
        if (end == frame.npos)
          break;
        begin = end + 1;
      }
    }
    return result;
  }

  /// The replies and pushes that it caused.
  texts ask(const client_ptr& client, std::string_view frame) {
    say(client, frame);
    return heard(client);
  }

  /// A client connected with that token.
  client_ptr connected(std::string_view token = {}) {
    const auto result = start();
    say(result,
        R"({"id":1,"connect":{"token":")" + std::string{token} + R"("}})");
    CAF_REQUIRE(!result->box.closed_with);
    result->box.frames.clear();
    return result;
  }

  /// A client connected as that user.
  client_ptr user(const std::string& name) {
    tokens.connections[name].user = name;
    return connected(name);
  }

  bool is_closed(const client_ptr& client, std::uint16_t code) {
    return client->box.closed_with
           && client->status_for(*client->box.closed_with).code == code;
  }

  void pass(std::chrono::seconds time) { clock.time += time; }

  /// Lets the channel's time for the bus pass.
  void lose_patience(const std::string& channel) {
    caf::anon_send(
      caf::actor_cast<caf::actor>(log.channels.at(channel).handle()),
      beat_atom_v);
    settle();
  }

  /// A publication made on another node.
  void publish(const std::string& channel, std::string_view data,
               std::string_view fields = {},
               payload_kind kind = payload_kind::text) {
    tell({}, log.channels.at(channel),
         delivery{
           publication::make(channel, data, kind, publication_fields{fields}),
           {}});
    settle();
  }

  /// The same, in a channel with history.
  void keep(const std::string& channel, std::string_view data) {
    const auto what =
      log.kept(*publication::make(channel, data, payload_kind::text));
    if (const auto found = log.channels.find(channel);
        found != log.channels.end())
      tell({}, found->second, delivery{what, {}});
    settle();
  }

  static std::string payload_of(const std::string& frame) {
    CAF_REQUIRE_EQUAL(frame[0], '\x81');
    const auto size = static_cast<unsigned char>(frame[1]);
    return frame.substr(size < 126 ? 2 : size == 126 ? 4 : 10);
  }

  static std::string masked(std::string text) {
    constexpr std::size_t id_size = 36;
    for (std::size_t at = 0; at + id_size <= text.size(); ++at)
      if (text[at + 8] == '-' && text[at + 13] == '-' && text[at + 14] == '4'
          && text[at + 18] == '-' && text[at + 23] == '-')
        text.replace(at, id_size, "ID");
    return text;
  }

  bus_log log;
  bus_actor bus = sys.spawn(obliging_bus, &log);
  bus_directory buses{{actor_ref<bus_actor>{bus}}};
  namespaces names = make_names();
  channel_table table{home, buses, names};
  bus_access access{buses, names};
  bool is_woken = false;
  client_credits credits{{}, [this] { is_woken = true; }};
  loop_services shared{home, table, access, credits};
  fake_tokens tokens;
  fake_clock clock;
  centrifuge_services services{
    shared, names, &tokens, clock, make_rules(), make_centrifuge_json_codec()};
  std::vector<client_ptr> clients;
};

} // namespace rookery::test
