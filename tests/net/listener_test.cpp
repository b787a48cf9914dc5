#define CAF_SUITE listener
#include "configs/log.hpp"
#include "net/accepted_client.hpp"
#include "net/io_loop.hpp"
#include "net/listener.hpp"
#include "tests/net/support/raw_client.hpp"

#include <caf/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <sys/resource.h>
#include <thread>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct idle_runner final : turn_runner {
  void enter_thread() override {}

  void run_turn() override {}

  void leave_thread() override {}
};

/// Two loops on threads of their own behind one service.
struct fixture : http_service {
  fixture() {
    for (unsigned i = 0; i < 2; ++i) {
      owned.push_back(std::make_unique<io_loop>(i, limits, budget));
      loops.push_back(owned.back().get());
      loops.back()->start(runner);
    }
  }

  ~fixture() {
    for (auto* each : loops)
      each->stop();
    for (auto* each : loops)
      each->join();
  }

  void handle(std::shared_ptr<http_exchange> exchange) override {
    {
      const std::lock_guard guard{mutex};
      served_by.insert(exchange->loop().index());
      last_address = exchange->request().remote_address;
      last_port = exchange->request().local_port;
    }
    exchange->respond({.body = "hello"});
  }

  bool eventually(std::function<bool()> reached) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!reached()) {
      if (std::chrono::steady_clock::now() > deadline)
        return false;
      std::this_thread::yield();
    }
    return true;
  }

  bool is_served(std::uint16_t port) {
    raw_client client{port};
    return is_served(client);
  }

  bool is_served(raw_client& client) {
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    return eventually([&] { return client.received().ends_with("hello"); });
  }

  std::size_t connections() const {
    return loops[0]->sessions().size() + loops[1]->sessions().size();
  }

  session_limits limits;
  memory_budget budget{1'000'000, 2};
  idle_runner runner;
  std::vector<std::unique_ptr<io_loop>> owned;
  std::vector<io_loop*> loops;
  std::mutex mutex;
  std::set<unsigned> served_by;
  std::string last_address;
  std::uint16_t last_port = 0;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(listener_tests, fixture)

CAF_TEST(every loop serves clients of the one port) {
  listener listening{"127.0.0.1", 0, loops, *this, limits};
  CAF_REQUIRE(!listening.open());
  CAF_CHECK(listening.port() != 0);
  const auto all_serve = [&] {
    CAF_REQUIRE(is_served(listening.port()));
    const std::lock_guard guard{mutex};
    return served_by.size() == loops.size();
  };
  CAF_CHECK(eventually(all_serve));
}

CAF_TEST(a request names its client and its port) {
  listener listening{"127.0.0.1", 0, loops, *this, limits};
  CAF_REQUIRE(!listening.open());
  CAF_REQUIRE(is_served(listening.port()));
  const std::lock_guard guard{mutex};
  CAF_CHECK_EQUAL(last_address, "127.0.0.1");
  CAF_CHECK(listening.port() != 0);
  CAF_CHECK_EQUAL(last_port, listening.port());
}

CAF_TEST(a port that is taken is said to be) {
  listener first{"127.0.0.1", 0, loops, *this, limits};
  CAF_REQUIRE(!first.open());
  listener second{"127.0.0.1", first.port(), loops, *this, limits};
  const auto complaint = second.open();
  CAF_REQUIRE(complaint.has_value());
  CAF_CHECK_EQUAL(*complaint,
                  "cannot listen on 127.0.0.1:" + std::to_string(first.port())
                    + ": Address already in use");
}

CAF_TEST(an address of another machine is said to be) {
  listener other{"192.0.2.1", 0, loops, *this, limits};
  const auto complaint = other.open();
  CAF_REQUIRE(complaint.has_value());
  CAF_CHECK(complaint->starts_with("cannot listen on 192.0.2.1:0: "));
}

CAF_TEST(a closed listener accepts nobody) {
  listener listening{"127.0.0.1", 0, loops, *this, limits};
  CAF_REQUIRE(!listening.open());
  CAF_CHECK(is_served(listening.port()));
  listening.close();
  CAF_CHECK(eventually([&] {
    try {
      raw_client client{listening.port()};
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  }));
}

CAF_TEST(clients over the limit are told so) {
  limits.max_connections = 3;
  listener listening{"127.0.0.1", 0, loops, *this, limits};
  CAF_REQUIRE(!listening.open());
  std::vector<std::unique_ptr<raw_client>> clients;
  for (std::size_t i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<raw_client>(listening.port()));
    CAF_REQUIRE(eventually([&] { return connections() == i + 1; }));
  }
  raw_client one_too_many{listening.port()};
  one_too_many.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_CHECK(eventually([&] { return one_too_many.is_over(); }));
  CAF_CHECK(one_too_many.received().starts_with("HTTP/1.1 503 "));
  one_too_many.close();
  clients.clear();
  CAF_REQUIRE(eventually([&] { return connections() == 0; }));
  CAF_CHECK(is_served(listening.port()));
}

CAF_TEST(an idle client gives way at the limit) {
  limits.max_connections = 2;
  listener listening{"127.0.0.1", 0, {loops[0]}, *this, limits};
  CAF_REQUIRE(!listening.open());
  raw_client first{listening.port()};
  CAF_CHECK(is_served(first));
  raw_client second{listening.port()};
  CAF_CHECK(is_served(second));
  raw_client third{listening.port()};
  CAF_CHECK(is_served(third));
  CAF_CHECK(eventually([&] { return first.is_over(); }));
  CAF_CHECK(!second.is_over());
}

CAF_TEST(surplus clients give way to each other) {
  limits.max_connections = 1;
  limits.surplus_clients = 2;
  listener listening{"127.0.0.1", 0, {loops[0]}, *this, limits};
  CAF_REQUIRE(!listening.open());
  std::vector<std::unique_ptr<raw_client>> silent;
  for (int i = 0; i < 5; ++i)
    silent.push_back(std::make_unique<raw_client>(listening.port()));
  raw_client asking{listening.port()};
  asking.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_CHECK(eventually([&] { return asking.is_over(); }));
  CAF_CHECK(asking.received().starts_with("HTTP/1.1 503 "));
  CAF_CHECK(!silent[0]->is_over());
  for (int i = 1; i < 4; ++i)
    CAF_CHECK(eventually([&] { return silent[i]->is_over(); }));
}

CAF_TEST(beyond their descriptors clients wait unless an idle one gives way) {
  std::atomic<int> complaints = 0;
  log::redirect([&](std::string_view line) {
    complaints += line.find("accept paused") != line.npos;
  });
  limits.max_descriptor = 0;
  listener listening{"127.0.0.1", 0, {loops[0]}, *this, limits};
  CAF_REQUIRE(!listening.open());
  raw_client first{listening.port()};
  CAF_CHECK(is_served(first));
  CAF_CHECK(eventually([&] { return complaints == 1; }));
  raw_client second{listening.port()};
  CAF_CHECK(eventually([&] { return first.is_over(); }));
  raw_client third{listening.port()};
  third.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_CHECK(is_served(second));
  CAF_CHECK(eventually([&] { return third.received().ends_with("hello"); }));
  CAF_CHECK(eventually([&] { return second.is_over(); }));
  CAF_CHECK_EQUAL(complaints, 1);
  log::redirect({});
}

CAF_TEST(out of descriptors the old clients stay and new ones come later) {
  std::atomic<int> complaints = 0;
  log::redirect([&](std::string_view line) {
    complaints += line.find("accept paused") != line.npos;
  });
  listener listening{"127.0.0.1", 0, loops, *this, limits};
  CAF_REQUIRE(!listening.open());
  // Run both once, so that sanitizers open the descriptors they need.
  log::warn("soon out of descriptors", "error", std::string{"for a test"});
  CAF_REQUIRE(is_served(listening.port()));
  CAF_REQUIRE(eventually([&] { return connections() == 0; }));
  raw_client old{listening.port()};
  CAF_REQUIRE(eventually([&] { return connections() == 1; }));
  // Its loop still looks for a next client, for which it needs a descriptor.
  std::atomic<std::size_t> rested = 0;
  for (auto* each : loops)
    each->post([&] { ++rested; });
  CAF_REQUIRE(eventually([&] { return rested == loops.size(); }));
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const auto next = ::open("/dev/null", O_RDONLY);
  ::close(next);
  // One descriptor is left: the client's own socket takes it.
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(next) + 1;
  ::setrlimit(RLIMIT_NOFILE, &tight);
  raw_client late{listening.port()};
  late.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  old.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_CHECK(eventually([&] { return old.received().ends_with("hello"); }));
  CAF_CHECK(eventually([&] { return complaints == 1; }));
  CAF_CHECK_EQUAL(late.received(), "");
  ::setrlimit(RLIMIT_NOFILE, &before);
  CAF_CHECK(eventually([&] { return late.received().ends_with("hello"); }));
  CAF_CHECK_EQUAL(complaints, 1);
  log::redirect({});
}

CAF_TEST(accepted sockets have the options of the listening one) {
  limits.send_buffer = 20'000;
  int delay = 0;
  int buffer = 0;

  struct looking final : http_service {
    void handle(std::shared_ptr<http_exchange> exchange) override {
      taken = exchange->take();
      is_taken = true;
    }

    std::unique_ptr<accepted_client> taken;
    std::atomic<bool> is_taken = false;
  } service;

  listener listening{"127.0.0.1", 0, loops, service, limits};
  CAF_REQUIRE(!listening.open());
  raw_client client{listening.port()};
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CAF_REQUIRE(eventually([&] { return service.is_taken.load(); }));
  const auto handle = service.taken->socket.native_handle();
  socklen_t size = sizeof delay;
  ::getsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &delay, &size);
  ::getsockopt(handle, SOL_SOCKET, SO_SNDBUF, &buffer, &size);
  CAF_CHECK(delay != 0);
  CAF_CHECK_EQUAL(buffer, 40'000);
  service.taken->loop.post([&] {
    service.taken.reset();
    service.is_taken = false;
  });
  CAF_CHECK(eventually([&] { return !service.is_taken; }));
}

CAF_TEST_FIXTURE_SCOPE_END()
