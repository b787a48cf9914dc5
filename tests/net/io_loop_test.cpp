#define CAF_SUITE io_loop
#include "net/io_loop.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/recording_session.hpp"
#include "tests/net/support/upgrade_request.hpp"

#include <caf/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <optional>
#include <string>

using namespace rookery;
using namespace rookery::test;

namespace {

struct recording_runner final : turn_runner {
  void enter_thread() override { thread = std::this_thread::get_id(); }

  void run_turn() override {
    on_thread = std::this_thread::get_id() == thread;
    ++turns;
    turns.notify_all();
  }

  void leave_thread() override { left = std::this_thread::get_id() == thread; }

  std::thread::id thread;
  std::atomic<int> turns = 0;
  std::atomic<bool> on_thread = false;
  std::atomic<bool> left = false;
};

struct fixture {
  session_limits limits;
  memory_budget budget{1'000'000, 1};
  recording_runner runner;
  io_loop loop{0, limits, budget};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(io_loop_tests, fixture)

CAF_TEST(a wake from another thread gives the runner a turn on the loop) {
  loop.start(runner);
  loop.wake();
  runner.turns.wait(0);
  CAF_CHECK(runner.on_thread);
  loop.stop();
  loop.join();
  CAF_CHECK(runner.left);
}

CAF_TEST(a deferred turn comes after the handler that asked for it) {
  loop.start(runner);
  std::promise<int> turns_before;
  loop.post([&] {
    loop.defer();
    turns_before.set_value(runner.turns);
  });
  CAF_CHECK_EQUAL(turns_before.get_future().get(), 0);
  runner.turns.wait(0);
  CAF_CHECK(runner.on_thread);
  loop.stop();
  loop.join();
}

CAF_TEST(tasks run on the loop in their order) {
  std::promise<std::string> done;
  std::string order;
  loop.post([&] { order += "1"; });
  loop.post([&] { order += "2"; });
  loop.start(runner);
  loop.post([&] { done.set_value(order + "3"); });
  CAF_CHECK_EQUAL(done.get_future().get(), "123");
  loop.stop();
  loop.join();
}

CAF_TEST(tasks that have not begun when the loop stops are dropped) {
  loop.stop();
  auto is_run = false;
  loop.post([&] { is_run = true; });
  loop.wake();
  loop.start(runner);
  loop.join();
  CAF_CHECK(!is_run);
  CAF_CHECK_EQUAL(runner.turns, 0);
}

CAF_TEST_FIXTURE_SCOPE_END()

CAF_TEST(sessions left when a loop ends are cut and told nothing) {
  websocket_ptr session;
  std::optional<raw_client> client;
  {
    net_fixture net;
    auto [end, accepted] = net.connect();
    client.emplace(std::move(end));
    session = new recording_websocket{std::make_unique<accepted_client>(
      net.loop(), std::move(accepted), upgrade_request(), "")};
    session->start();
    session->open();
    net.pump();
    session->deliver(encode_websocket(payload_kind::text, "queued"));
    CAF_CHECK_EQUAL(net.loop().sessions().size(), 1u);
    // The loop's end: no handler runs any more.
    auto* watched = session.get();
    session.reset();
    CAF_CHECK(watched->events.empty());
  }
  CAF_CHECK_EQUAL(recording_websocket::alive, 0);
  CAF_CHECK(client->is_over());
}
