#define CAF_SUITE client_rates

#include "actors/plain/plain_connection.hpp"
#include "tests/actors/support/centrifuge_fixture.hpp"
#include "tests/actors/support/tested_plain.hpp"

#include <optional>
#include <string>
#include <utility>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

/// Ten seconds' worth at once, then that many each second.
constexpr client_rates::limits few{{4}, {1}, {3}};

class manual_ticks final : public tick_source {
public:
  time_point now() const noexcept override { return time; }

  void await_tick() override { ++awaited; }

  time_point time{1000s};
  int awaited = 0;
};

/// Plain and Centrifuge clients with few commands and new channels.
struct fixture : centrifuge_fixture {
  ~fixture() override {
    for (const auto& each : plain_clients)
      each->closed(close_reason::peer_gone);
    settle();
    plain_clients.clear();
    CAF_CHECK_EQUAL(home.record().meters.held, 0u);
  }

  using plain_ptr = light_ptr<tested_plain>;

  void settle() {
    centrifuge_fixture::settle();
    while (std::exchange(is_limited_woken, false)) {
      limited.hand_out();
      centrifuge_fixture::settle();
    }
  }

  plain_ptr plain(std::string channel) {
    auto result = spawn_light<tested_plain>(home, shared_limited,
                                            plain_request{std::move(channel)});
    result->begin();
    settle();
    plain_clients.push_back(result);
    return result;
  }

  void say(const plain_ptr& who, int times) {
    for (int i = 0; i < times; ++i)
      who->message(std::to_string(i), payload_kind::text);
    settle();
  }

  client_ptr member() {
    auto result = spawn_light<tested_centrifuge>(home, limited_services,
                                                 centrifuge_request{});
    result->begin();
    clients.push_back(result);
    ask(result, R"({"id":1,"connect":{}})");
    // The connect command was one, too.
    pass_time(250ms);
    return result;
  }

  texts ask(const client_ptr& who, std::string_view frame) {
    who->message(frame, payload_kind::text);
    settle();
    return heard(who);
  }

  /// Returns the number of publications since the last call.
  std::size_t published() { return std::exchange(log.published, {}).size(); }

  /// Lets time pass, with a tick at its end.
  void pass_time(std::chrono::milliseconds time) {
    ticks.time += time;
    if (std::exchange(ticks.awaited, 0) > 0)
      limited.rates.tick();
    settle();
  }

  manual_ticks ticks;
  bool is_limited_woken = false;
  client_credits limited{
    {{2'048, 1 << 23}, {256, 1 << 24}, {8'192, 1 << 23}, {256, 1 << 23}, few},
    [this] { is_limited_woken = true; },
    &ticks};
  loop_services shared_limited{home, table, access, limited, {}};
  centrifuge_services limited_services{
    shared_limited, names,        &tokens,
    clock,          make_rules(), make_centrifuge_json_codec()};
  std::vector<plain_ptr> plain_clients;
};

const auto too_many = [](int id) {
  return R"({"id":)" + std::to_string(id)
         + R"(,"error":{"code":111,"message":"too many requests",)"
           R"("temporary":true}})";
};

std::string subscribe(int id, std::string_view channel) {
  return R"({"id":)" + std::to_string(id) + R"(,"subscribe":{"channel":")"
         + std::string{channel} + R"("}})";
}

std::string subscribed(int id) {
  return R"({"id":)" + std::to_string(id) + R"(,"subscribe":{}})";
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(client_rates_tests, fixture)

CAF_TEST(a client beyond its rate is not read and loses nothing) {
  const auto ann = plain("a");
  say(ann, 45);
  CAF_CHECK_EQUAL(log.published.size(), 40u);
  CAF_CHECK(ann->box.holds_input);
  CAF_CHECK(!ann->box.closed_with);
  CAF_CHECK_EQUAL(limited.rates.waits(), 1u);
  pass_time(1s);
  CAF_CHECK_EQUAL(log.published.size(), 44u);
  CAF_CHECK(ann->box.holds_input);
  pass_time(250ms);
  CAF_CHECK(!ann->box.holds_input);
  CAF_REQUIRE_EQUAL(log.published.size(), 45u);
  for (std::size_t i = 0; i < 45; ++i)
    CAF_CHECK_EQUAL(log.published[i]->data(), std::to_string(i));
}

CAF_TEST(a tick before there are tokens changes nothing) {
  const auto ann = plain("a");
  say(ann, 41);
  published();
  pass_time(249ms);
  CAF_CHECK_EQUAL(published(), 0u);
  pass_time(1ms);
  CAF_CHECK_EQUAL(published(), 1u);
}

CAF_TEST(others do not wait and a client that ends waits for nothing) {
  const auto ann = plain("a");
  const auto bob = plain("b");
  say(ann, 50);
  published();
  say(bob, 40);
  CAF_CHECK_EQUAL(published(), 40u);
  CAF_CHECK(!bob->box.holds_input);
  ann->closed(close_reason::peer_gone);
  settle();
  plain_clients.erase(plain_clients.begin());
  pass_time(10s);
  CAF_CHECK_EQUAL(published(), 0u);
}

CAF_TEST(many waiting clients go on some at a time) {
  std::vector<plain_ptr> crowd;
  for (int i = 0; i < 40; ++i) {
    crowd.push_back(plain("a" + std::to_string(i)));
    say(crowd.back(), 41);
  }
  published();
  CAF_CHECK_EQUAL(ticks.awaited, 1);
  limited.hand_out(); // the next turn of the loop
  ticks.time += 250ms;
  limited.rates.tick();
  loop_fixture::settle();
  CAF_CHECK_EQUAL(log.published.size(), 16u);
  CAF_CHECK(is_limited_woken);
  settle();
  CAF_CHECK_EQUAL(log.published.size(), 40u);
}

CAF_TEST(every command of a frame counts and the rest of it waits) {
  const auto ann = member();
  std::string frame;
  for (int id = 2; id < 47; ++id)
    frame += R"({"id":)" + std::to_string(id) + R"(,"rpc":{}})" + "\n";
  CAF_CHECK_EQUAL(ask(ann, frame).size(), 40u);
  CAF_CHECK(ann->box.holds_input);
  pass_time(1s);
  CAF_CHECK_EQUAL(heard(ann).size(), 4u);
  pass_time(250ms);
  CAF_CHECK_EQUAL(heard(ann).size(), 1u);
  CAF_CHECK(!ann->box.holds_input);
}

CAF_TEST(a client gets so many new channels and then an error that heals) {
  const auto ann = member();
  for (int id = 2; id < 12; ++id)
    CAF_CHECK_EQUAL(ask(ann, subscribe(id, "c" + std::to_string(id))),
                    texts{subscribed(id)});
  CAF_CHECK_EQUAL(ask(ann, subscribe(12, "c12")), texts{too_many(12)});
  CAF_CHECK_EQUAL(limited.rates.refused_channels(), 1u);
  // Other commands go on.
  CAF_CHECK_EQUAL(ask(ann, R"({"id":13,"publish":{"channel":"x","data":1}})"),
                  texts{R"({"id":13,"publish":{}})"});
  pass_time(1s);
  CAF_CHECK_EQUAL(ask(ann, subscribe(14, "c12")), texts{subscribed(14)});
}

CAF_TEST(channels of others are not new) {
  const auto ann = member();
  const auto bob = plain("shared");
  for (int id = 2; id < 30; id += 2) {
    CAF_CHECK_EQUAL(ask(ann, subscribe(id, "shared")), texts{subscribed(id)});
    ask(ann, R"({"id":)" + std::to_string(id + 1)
               + R"(,"unsubscribe":{"channel":"shared"}})");
    pass_time(500ms);
  }
  CAF_CHECK_EQUAL(limited.rates.refused_channels(), 0u);
}

CAF_TEST(clients together get so many new channels) {
  const auto ann = member();
  const auto bob = member();
  const auto cyd = member();
  const auto dan = member();
  for (const auto& each : {ann, bob, cyd})
    for (int i = 0; i < 10; ++i)
      ask(each, subscribe(2 + i, std::to_string(each->id()) + "-"
                                   + std::to_string(i)));
  CAF_CHECK_EQUAL(limited.rates.refused_channels(), 0u);
  CAF_CHECK_EQUAL(ask(dan, subscribe(2, "new")), texts{too_many(2)});
  CAF_CHECK(!limited.rates.admits_channel());
  pass_time(1s);
  CAF_CHECK(limited.rates.admits_channel());
  CAF_CHECK_EQUAL(ask(dan, subscribe(3, "new")), texts{subscribed(3)});
}

CAF_TEST(reading histories to which nobody has published counts) {
  const auto ann = member();
  const auto read = [](int id) {
    return R"({"id":)" + std::to_string(id) + R"(,"history":{"channel":"kept:)"
           + std::to_string(id) + R"("}})";
  };
  for (int id = 2; id < 12; ++id)
    CAF_CHECK(ask(ann, read(id)) != texts{too_many(id)});
  CAF_CHECK_EQUAL(ask(ann, read(12)), texts{too_many(12)});
  pass_time(1s);
  CAF_CHECK(ask(ann, read(13)) != texts{too_many(13)});
}

CAF_TEST(the first publications of histories count) {
  const auto ann = member();
  const auto publish = [](int id, std::string_view channel) {
    return R"({"id":)" + std::to_string(id) + R"(,"publish":{"channel":")"
           + std::string{channel} + R"(","data":1}})";
  };
  const auto published = [](int id) {
    return R"({"id":)" + std::to_string(id) + R"(,"publish":{}})";
  };
  log.outcome.position = {7, "e"};
  for (int id = 2; id < 20; ++id)
    CAF_CHECK_EQUAL(ask(ann, publish(id, "kept:one")), texts{published(id)});
  pass_time(10s);
  log.outcome.position = {1, "e"};
  for (int id = 20; id < 30; ++id)
    CAF_CHECK_EQUAL(ask(ann, publish(id, "kept:" + std::to_string(id))),
                    texts{published(id)});
  CAF_CHECK_EQUAL(ask(ann, publish(30, "kept:30")), texts{too_many(30)});
  // Without a history nothing stays.
  CAF_CHECK_EQUAL(ask(ann, publish(31, "31")), texts{published(31)});
}

CAF_TEST_FIXTURE_SCOPE_END()
