#define CAF_SUITE credits

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/plain/plain_connection.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/obliging_bus.hpp"
#include "tests/actors/support/recording_outbox.hpp"
#include "tests/actors/support/tested_plain.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace rookery;
using namespace rookery::test;

namespace {

constexpr credit_pool::limits few{20, 1024 * 1024};

/// Plain clients, each on a channel of its own, with credit for 20 publishes
/// together and a bus that answers none.
struct fixture : loop_fixture {
  using client = light_ptr<tested_plain>;

  fixture() { log.answers = false; }

  ~fixture() override {
    for (const auto& each : clients)
      each->closed(close_reason::peer_gone);
    log.unanswered.clear();
    log.channels.clear();
    settle();
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    clients.clear();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
    CAF_CHECK_EQUAL(credits.commands(), 0u);
    CAF_CHECK_EQUAL(credits.bytes(), 0u);
    CAF_CHECK_EQUAL(home.record().meters.held, 0u);
    CAF_CHECK_EQUAL(home.record().meters.held_bytes, 0u);
  }

  client start(std::string channel) {
    auto result = spawn_light<tested_plain>(home, services,
                                            plain_request{std::move(channel)});
    result->begin();
    settle();
    clients.push_back(result);
    return result;
  }

  void say(const client& who, const std::string& text, int times = 1) {
    for (int i = 0; i < times; ++i)
      who->message(text + std::to_string(i), payload_kind::text);
    settle();
  }

  /// The bus carries out the oldest `count` publishes, or all.
  void carry_out(std::size_t count = 1'000) {
    auto& all = log.unanswered;
    const auto end = std::min(count, all.size());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(end));
    go_on();
  }

  void go_on() {
    settle();
    while (is_awaited.exchange(false)) {
      credits.hand_out();
      settle();
    }
  }

  /// The publications since the last call.
  std::string published() {
    std::string result;
    for (const auto& each : std::exchange(log.published, {}))
      result += std::string{each->channel()} + " ";
    return result;
  }

  bus_log log;
  bus_actor bus = sys.spawn(obliging_bus, &log);
  bus_directory buses{{actor_ref<bus_actor>{bus}}};
  namespaces names;
  channel_table table{home, buses, names};
  bus_access access{buses, names};
  std::atomic<bool> is_awaited{false};
  client_credits credits{{few, few, few, few}, [this] { is_awaited = true; }};
  loop_services services{home, table, access, credits};
  std::vector<client> clients;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(credits_tests, fixture)

CAF_TEST(a client that waits is not read and keeps its order) {
  const auto ann = start("a");
  say(ann, "", 50);
  CAF_CHECK_EQUAL(log.published.size(), 20u);
  CAF_CHECK(ann->box.holds_input);
  CAF_CHECK_EQUAL(home.record().meters.held, 1u);
  CAF_CHECK_EQUAL(credits.publishes.commands(), 20u);
  while (!log.unanswered.empty())
    carry_out();
  CAF_CHECK(!ann->box.holds_input);
  CAF_REQUIRE_EQUAL(log.published.size(), 50u);
  for (std::size_t i = 0; i < 50; ++i)
    CAF_CHECK_EQUAL(log.published[i]->data(), std::to_string(i));
}

CAF_TEST(many commands of one client do not delay the others) {
  const auto flooder = start("f");
  const auto ann = start("a");
  const auto bob = start("b");
  say(flooder, "", 500);
  say(ann, "");
  say(bob, "");
  published();
  // The flooder has come first and gets one turn of eight.
  carry_out(10);
  CAF_CHECK_EQUAL(published(), "f f f f f f f f a b ");
  carry_out(3);
  CAF_CHECK_EQUAL(published(), "f f f ");
}

CAF_TEST(two floods share in turns) {
  const auto ann = start("a");
  const auto bob = start("b");
  say(ann, "", 500);
  say(bob, "", 500);
  published();
  carry_out();
  CAF_CHECK_EQUAL(published(), "a a a a a a a a b b b b b b b b a a a a ");
}

CAF_TEST(a client with room of its own does not wait behind one without) {
  const auto ann = start("a");
  say(ann, std::string(1'200'000, 'x'));
  say(ann, "waits");
  CAF_CHECK(ann->box.holds_input);
  const auto bob = start("b");
  // The large publish has used up the pool, too.
  say(bob, "");
  CAF_CHECK_EQUAL(published(), "a ");
  carry_out();
  CAF_CHECK(published().find("b ") != std::string::npos);
  CAF_CHECK(!ann->box.holds_input);
}

CAF_TEST(credit may come back on another thread) {
  const auto ann = start("a");
  say(ann, "", 30);
  std::thread{[&] { log.unanswered.clear(); }}.join();
  CAF_CHECK(is_awaited);
  go_on();
  CAF_CHECK_EQUAL(log.published.size(), 30u);
  CAF_CHECK(!ann->box.holds_input);
}

CAF_TEST(clients that hold much are closed before it becomes too much) {
  say(start("first"), "", 20);
  const auto small = start("small");
  say(small, "x");
  const std::string much(1024 * 1024, 'x');
  std::vector<client> large;
  for (int i = 0; i < 40; ++i) {
    large.push_back(start(std::to_string(i)));
    say(large.back(), much);
    CAF_CHECK(home.record().meters.held_bytes < 17 * 1024 * 1024);
  }
  const auto is_closed = [](const client& each) {
    return each->box.closed_with == close_reason::memory_pressure;
  };
  CAF_CHECK_EQUAL(std::ranges::count_if(large, is_closed), 25);
  CAF_CHECK(!is_closed(large.front()));
  say(small, "x", 10);
  CAF_CHECK(!is_closed(small));
}

CAF_TEST(a client that ends while it waits is forgotten) {
  const auto ann = start("a");
  say(ann, "", 50);
  const auto bob = start("b");
  say(bob, "");
  published();
  ann->closed(close_reason::peer_gone);
  carry_out();
  CAF_CHECK_EQUAL(published(), "b ");
  clients.erase(clients.begin());
}

CAF_TEST(a client counts its commands under way) {
  const auto ann = start("a");
  say(ann, "", 30);
  const auto told = ann->inspect();
  const auto fact_of = [&](std::string_view name) {
    const auto found = std::ranges::find_if(
      told.facts, [&](const fact& each) { return each.name == name; });
    CAF_REQUIRE(found != told.facts.end());
    return found->value;
  };
  CAF_CHECK(fact_of("commands") == decltype(fact::value){std::int64_t{20}});
  CAF_CHECK(fact_of("held") == decltype(fact::value){true});
}

CAF_TEST_FIXTURE_SCOPE_END()
