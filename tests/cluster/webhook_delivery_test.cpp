#define CAF_SUITE webhook_delivery

#include "cluster/memory/memory_webhook_store.hpp"
#include "cluster/webhooks/webhook_delivery.hpp"

#include <caf/test/unit_test.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

/// A sender that records its requests; tests answer them.
struct scripted_sender final : webhook_sender {
  void send(std::string body, handler then) override {
    bodies.push_back(std::move(body));
    waiting = std::move(then);
  }

  void answer(std::string_view problem = {}) {
    const auto then = std::exchange(waiting, nullptr);
    then(problem);
  }

  strings bodies;
  handler waiting;
};

/// A store controlled by tests, which also choose its answers.
struct scripted_store final : webhook_store {
  void fetch(fetch_handler then) override {
    ++fetches;
    if (whose == turn::ours && is_open)
      inner.fetch(std::move(then));
    else
      then({whose, {}});
  }

  void settle(const webhook_batch& batch, settle_handler then) override {
    ++settles;
    if (!is_open)
      return then(turn::unknown);
    if (whose != turn::ours)
      return then(whose);
    inner.settle(batch, std::move(then));
  }

  void release(release_handler then) override {
    ++releases;
    then();
  }

  memory_webhook_store inner{"o", {4, 1000}};
  turn whose = turn::ours;
  bool is_open = true;
  int fetches = 0;
  int settles = 0;
  int releases = 0;
};

struct fixture {
  void add(const std::string& text) {
    store.inner.add(text, "\"t\":\"" + text + "\"");
    webhooks->wake();
  }

  void pass(std::chrono::milliseconds time) {
    now += time;
    webhooks->tick();
  }

  /// The ids of the events in the last body.
  std::string last() const {
    std::string result;
    const auto& body = sender.bodies.back();
    for (auto at = body.find("\"t\":\""); at != body.npos;
         at = body.find("\"t\":\"", at + 1))
      result += body.substr(at + 5, body.find('"', at + 5) - at - 5) + " ";
    return result;
  }

  scripted_store store;
  scripted_sender sender;
  webhook_delivery::time_point now{1h};
  std::unique_ptr<webhook_delivery> webhooks =
    std::make_unique<webhook_delivery>(
      store, sender, [this] { return now; }, [] { return 0.0; });
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(event_courier_tests, fixture)

CAF_TEST(an event goes to the backend at once) {
  add("a");
  CAF_REQUIRE_EQUAL(sender.bodies.size(), 1u);
  const auto& body = sender.bodies[0];
  CAF_CHECK(body.starts_with(R"({"events":[{"id":"a","time":)"));
  CAF_CHECK(body.ends_with(R"(,"t":"a"}],"lost":0})"));
  sender.answer();
  CAF_CHECK_EQUAL(store.inner.size(), 0u);
  CAF_CHECK(webhooks->is_idle());
  CAF_CHECK_EQUAL(sender.bodies.size(), 1u);
}

CAF_TEST(one batch is under way and the rest follows in order) {
  add("a");
  add("b");
  add("c");
  CAF_CHECK_EQUAL(sender.bodies.size(), 1u);
  CAF_CHECK(!webhooks->is_idle());
  sender.answer();
  CAF_REQUIRE_EQUAL(sender.bodies.size(), 2u);
  CAF_CHECK_EQUAL(last(), "b c ");
  sender.answer();
  CAF_CHECK_EQUAL(sender.bodies.size(), 2u);
  CAF_CHECK(webhooks->is_idle());
}

CAF_TEST(an event is sent again until the backend acknowledges it) {
  add("a");
  auto pauses =
    std::vector{100ms, 200ms, 400ms, 800ms, 1600ms, 3200ms, 5000ms, 5000ms};
  for (const auto pause : pauses) {
    const auto sent = sender.bodies.size();
    sender.answer("status 500");
    pass(pause - 1ms);
    CAF_CHECK_EQUAL(sender.bodies.size(), sent);
    pass(1ms);
    CAF_REQUIRE_EQUAL(sender.bodies.size(), sent + 1);
    CAF_CHECK_EQUAL(last(), "a ");
  }
  CAF_CHECK_EQUAL(store.releases, static_cast<int>(pauses.size()));
  CAF_CHECK_EQUAL(store.inner.size(), 1u);
  sender.answer();
  CAF_CHECK_EQUAL(store.inner.size(), 0u);
}

CAF_TEST(new events do not shorten the pause after a failure) {
  add("a");
  sender.answer("timeout");
  add("b");
  CAF_CHECK_EQUAL(sender.bodies.size(), 1u);
  pass(100ms);
  CAF_REQUIRE_EQUAL(sender.bodies.size(), 2u);
  CAF_CHECK_EQUAL(last(), "a b ");
}

CAF_TEST(the pauses begin anew after a success) {
  add("a");
  sender.answer("timeout");
  pass(100ms);
  sender.answer("timeout");
  pass(200ms);
  sender.answer();
  add("b");
  sender.answer("timeout");
  pass(100ms);
  CAF_CHECK_EQUAL(sender.bodies.size(), 5u);
}

CAF_TEST(a store that cannot be told is told later without sending again) {
  add("a");
  store.is_open = false;
  sender.answer();
  add("b");
  pass(250ms);
  CAF_CHECK_EQUAL(store.settles, 2);
  CAF_CHECK_EQUAL(sender.bodies.size(), 1u);
  store.is_open = true;
  pass(250ms);
  CAF_CHECK_EQUAL(sender.bodies.size(), 2u);
  CAF_CHECK_EQUAL(last(), "b ");
}

CAF_TEST(an acknowledgement that was lost has the event sent again) {
  add("a");
  // The backend has the events, but its answer is lost.
  sender.answer("unreachable");
  pass(100ms);
  CAF_REQUIRE_EQUAL(sender.bodies.size(), 2u);
  CAF_CHECK_EQUAL(sender.bodies[0], sender.bodies[1]);
}

CAF_TEST(it waits while another node delivers) {
  store.whose = webhook_store::turn::other;
  add("a");
  add("b");
  CAF_CHECK_EQUAL(store.fetches, 1);
  pass(999ms);
  CAF_CHECK_EQUAL(store.fetches, 1);
  store.whose = webhook_store::turn::ours;
  pass(1ms);
  CAF_CHECK_EQUAL(last(), "a b ");
}

CAF_TEST(a turn that was lost meanwhile leaves the rest to the other node) {
  add("a");
  add("b");
  store.whose = webhook_store::turn::other;
  sender.answer();
  CAF_CHECK_EQUAL(sender.bodies.size(), 1u);
  CAF_CHECK_EQUAL(store.inner.size(), 2u);
  store.whose = webhook_store::turn::ours;
  pass(1s);
  CAF_CHECK_EQUAL(last(), "a b ");
}

CAF_TEST(on its turn it looks for the events of other nodes) {
  webhooks->tick();
  store.inner.add("a", "\"t\":\"a\"");
  pass(249ms);
  CAF_CHECK(sender.bodies.empty());
  pass(1ms);
  CAF_CHECK_EQUAL(sender.bodies.size(), 1u);
}

CAF_TEST(dropped events are reported once with the next batch) {
  for (const auto* text : {"a", "b", "c", "d", "e", "f"})
    add(text);
  sender.answer("unreachable");
  pass(100ms);
  CAF_CHECK_EQUAL(last(), "c d e f ");
  CAF_CHECK(sender.bodies.back().ends_with("\"lost\":2}"));
  sender.answer("unreachable");
  pass(200ms);
  CAF_CHECK(sender.bodies.back().ends_with("\"lost\":2}"));
  sender.answer();
  add("g");
  CAF_CHECK(sender.bodies.back().ends_with("\"lost\":0}"));
}

CAF_TEST(an event that is dropped while it is under way does no harm) {
  for (const auto* text : {"a", "b", "c", "d", "e"})
    add(text);
  sender.answer();
  CAF_CHECK_EQUAL(last(), "b c d e ");
  CAF_CHECK(sender.bodies.back().ends_with("\"lost\":1}"));
  sender.answer();
  CAF_CHECK_EQUAL(store.inner.size(), 0u);
}

CAF_TEST(at its end it delivers as much as it can and releases its turn) {
  add("a");
  add("b");
  auto ended = 0;
  webhooks->finish([&] { ++ended; });
  sender.answer();
  CAF_CHECK_EQUAL(last(), "b ");
  CAF_CHECK_EQUAL(ended, 0);
  sender.answer();
  CAF_CHECK_EQUAL(ended, 1);
  CAF_CHECK_EQUAL(store.releases, 1);
  add("c");
  pass(10s);
  CAF_CHECK_EQUAL(sender.bodies.size(), 2u);
}

CAF_TEST(at its end it does not wait for a backend that is down) {
  add("a");
  auto ended = 0;
  sender.answer("unreachable");
  webhooks->finish([&] { ++ended; });
  CAF_CHECK_EQUAL(sender.bodies.size(), 2u);
  sender.answer("unreachable");
  CAF_CHECK_EQUAL(ended, 1);
  CAF_CHECK_EQUAL(store.inner.size(), 1u);
}

CAF_TEST(answers that come after its end have no consequence) {
  add("a");
  webhooks.reset();
  sender.answer();
  CAF_CHECK_EQUAL(store.inner.size(), 1u);
}

CAF_TEST_FIXTURE_SCOPE_END()

CAF_TEST(a batch in memory is bounded in events and bytes) {
  memory_webhook_store store{"o", {1000, 10'000'000}};
  for (auto i = 0; i < 150; ++i)
    store.add({}, "x");
  std::size_t size = 0;
  std::string id;
  const auto look = [&](webhook_store::fetched result) {
    size = result.batch.events.size();
    id = result.batch.events[0].id;
    store.settle(result.batch, [](webhook_store::turn) {});
  };
  store.fetch(look);
  CAF_CHECK_EQUAL(size, max_batch_webhooks);
  CAF_CHECK_EQUAL(id, "o-1");
  store.fetch(look);
  CAF_CHECK_EQUAL(size, 50u);
  CAF_CHECK_EQUAL(id, "o-101");
  for (auto i = 0; i < 3; ++i)
    store.add({}, std::string(max_batch_bytes / 2, 'x'));
  store.fetch(look);
  CAF_CHECK_EQUAL(size, 2u);
}

CAF_TEST(events in memory are bounded in bytes) {
  memory_webhook_store store{"o", {1000, 100}};
  for (auto i = 0; i < 30; ++i)
    store.add({}, std::string(10, 'x'));
  CAF_CHECK_EQUAL(store.size(), 10u);
  CAF_CHECK_EQUAL(store.lost(), 20u);
}
