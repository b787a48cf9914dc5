#define CAF_SUITE lifetimes
#include "actors/message/frame.hpp"
#include "net/http_client.hpp"
#include "net/http_link.hpp"
#include "net/io_loop.hpp"
#include "tests/net/support/raw_client.hpp"
#include "tests/net/support/recording_session.hpp"
#include "tests/net/support/upgrade_request.hpp"
#include "tests/support/fails_assertion.hpp"

#include <caf/test/unit_test.hpp>

#include <future>
#include <memory>
#include <optional>
#include <thread>

using namespace rookery;
using namespace rookery::test;

namespace {

struct idle_runner final : turn_runner {
  void enter_thread() override {}

  void run_turn() override {}

  void leave_thread() override {}
};

/// A loop on a thread of its own, and things that live there.
struct fixture {
  fixture() { home.start(runner); }

  ~fixture() {
    home.stop();
    home.join();
  }

  /// Runs `task` on the loop's thread and waits for it.
  template <class Task>
  void at_home(Task task) {
    std::promise<void> done;
    home.post([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  session_limits limits;
  memory_budget budget{1'000'000, 1};
  idle_runner runner;
  io_loop home{0, limits, budget};
  http_url server;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(lifetimes_tests, fixture)

CAF_TEST(a frame ends on the thread that made it) {
  std::optional<frame_ptr> made;
  at_home([&] { made = frame::copy("x"); });
  CAF_CHECK(fails_assertion([&] { made.reset(); }));
  at_home([&] { made.reset(); });
}

CAF_TEST(a client for HTTP and its links end on their loop) {
  std::unique_ptr<http_client> client;
  std::shared_ptr<http_link> link;
  at_home([&] {
    client = std::make_unique<http_client>(home, server, http_client_limits{});
    link = std::make_shared<http_link>(home, server, 1000);
  });
  CAF_CHECK(fails_assertion([&] { client.reset(); }));
  CAF_CHECK(fails_assertion([&] { link.reset(); }));
  at_home([&] {
    client.reset();
    link.reset();
  });
}

CAF_TEST(a socket is cut on its loop) {
  boost::asio::io_context outside;
  boost::asio::ip::tcp::acceptor acceptor{
    outside, {boost::asio::ip::address_v4::loopback(), 0}};
  raw_client client{acceptor.local_endpoint().port()};
  websocket_ptr session;
  at_home([&] {
    descriptor accepted{::accept4(acceptor.native_handle(), nullptr, nullptr,
                                  SOCK_NONBLOCK | SOCK_CLOEXEC)};
    session = new recording_websocket{std::make_unique<accepted_client>(
      home, std::move(accepted), upgrade_request(), "")};
    session->start();
    session->open();
  });
  CAF_CHECK(fails_assertion([&] { session->drop(); }));
  at_home([&] { session->drop(); });
  session.reset();
  CAF_CHECK_EQUAL(recording_websocket::alive, 0);
}

CAF_TEST_FIXTURE_SCOPE_END()
