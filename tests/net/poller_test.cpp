#define CAF_SUITE poller
#include "net/poller.hpp"
#include "tests/net/support/socket_fixture.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <sys/socket.h>
#include <vector>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : socket_fixture {
  bool hears(const joined_socket& one, std::string_view input) {
    return pump_until([&] { return one.client->input == input; });
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(poller_tests, fixture)

CAF_TEST(input reaches its owner) {
  auto ann = join();
  auto bob = join();
  ann.peer.send("from ann");
  bob.peer.send("from bob");
  CAF_CHECK(hears(ann, "from ann"));
  CAF_CHECK(hears(bob, "from bob"));
  ann.peer.send(", again");
  CAF_CHECK(hears(ann, "from ann, again"));
}

CAF_TEST(more sockets than a batch holds are all heard) {
  std::vector<joined_socket> all;
  for (int i = 0; i < 300; ++i) {
    all.push_back(join());
    all.back().peer.send("x");
  }
  for (const auto& each : all)
    CAF_CHECK(hears(each, "x"));
}

CAF_TEST(a client that takes long does not hold up the others on the loop) {
  auto ann = join();
  auto bob = join();
  bool is_served = false;
  std::vector<bool> seen;
  const auto take_long = [&](std::size_t) {
    seen.push_back(is_served);
    loop().post([&] { is_served = true; });
    const auto end = std::chrono::steady_clock::now() + 6ms;
    while (std::chrono::steady_clock::now() < end) {
    }
  };
  ann.client->on_input = take_long;
  bob.client->on_input = take_long;
  ann.peer.send("x");
  bob.peer.send("x");
  CAF_CHECK(pump_until([&] { return seen.size() == 2; }));
  CAF_CHECK_EQUAL(seen, (std::vector{false, true}));
  pump(); // the last task that was posted
}

CAF_TEST(a client ended by another one hears nothing that was reported) {
  auto ann = join();
  auto bob = join();
  int heard = 0;
  const auto end_the_other = [&](client_socket* other) {
    return [&heard, other](std::size_t) {
      ++heard;
      other->drop();
    };
  };
  ann.client->on_input = end_the_other(bob.client.get());
  bob.client->on_input = end_the_other(ann.client.get());
  // The loop has the last reference to both.
  ann.client.reset();
  bob.client.reset();
  ann.peer.send("x");
  bob.peer.send("x");
  pump();
  CAF_CHECK_EQUAL(heard, 1);
  CAF_CHECK_EQUAL(socket_client::alive, 1);
}

CAF_TEST(a client may end itself while it reads) {
  auto ann = join();
  auto* self = ann.client.get();
  self->on_input = [self](std::size_t) { self->drop(); };
  ann.client.reset();
  ann.peer.send("x");
  CAF_CHECK(pump_until([] { return socket_client::alive == 0; }));
  CAF_CHECK(pump_until([&] { return ann.peer.is_over(); }));
}

CAF_TEST(a socket handed over brings its new owner earlier input) {
  auto ann = join();
  ann.peer.send("one");
  CAF_REQUIRE(hears(ann, "one"));
  const auto first = ann.client;
  socket_ptr second{new socket_client{loop(), first->release_socket()}};
  ann.peer.send("two");
  pump(); // no peer reads it
  second->begin(first);
  ann.client = second;
  CAF_CHECK(hears(ann, "two"));
  ann.peer.send(", three");
  CAF_CHECK(hears(ann, "two, three"));
  CAF_CHECK_EQUAL(first->input, "one");
}

CAF_TEST(a socket can be handed over while it is read) {
  auto ann = join();
  socket_ptr second;
  ann.client->on_input = [&](std::size_t) {
    second = new socket_client{loop(), ann.client->release_socket()};
    ann.peer.send("rest");
    second->begin(std::exchange(ann.client, second));
  };
  ann.peer.send("request");
  CAF_REQUIRE(pump_until([&] { return second != nullptr; }));
  CAF_CHECK(hears(ann, "rest"));
}

CAF_TEST(an end that comes together with data is seen) {
  auto ann = join();
  ann.peer.send("last words");
  ann.peer.shutdown_send();
  CAF_CHECK(hears(ann, "last words|end"));
}

CAF_TEST(an end that comes while nothing is read is seen later) {
  auto ann = join();
  ann.client->wants = false;
  ann.peer.send("last words");
  ann.peer.shutdown_send();
  pump();
  CAF_CHECK_EQUAL(ann.client->input, "");
  ann.client->resume();
  CAF_CHECK(hears(ann, "last words|end"));
}

CAF_TEST(a reset ends a client that reads nothing) {
  auto ann = join();
  ann.client->wants = false;
  pump();
  ann.peer.reset();
  CAF_CHECK(hears(ann, "|gone"));
}

CAF_TEST(input that came while reading was off is read later) {
  auto ann = join();
  ann.client->wants = false;
  ann.peer.send("one");
  pump();
  ann.peer.send(", two");
  pump();
  CAF_CHECK_EQUAL(ann.client->input, "");
  ann.client->resume();
  CAF_CHECK(hears(ann, "one, two"));
  ann.peer.send(", three");
  CAF_CHECK(hears(ann, "one, two, three"));
}

CAF_TEST(a client with much input lets others in between) {
  // A pair of local sockets holds more than a turn reads.
  int ends[2];
  CAF_REQUIRE_EQUAL(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends),
                    0);
  const descriptor flood{ends[0]};
  socket_ptr greedy{new socket_client{loop(), descriptor{ends[1]}}};
  greedy->begin();
  auto ann = join();
  std::string order;
  greedy->on_input = [&](std::size_t) {
    order += "g";
    ann.peer.send("x");
  };
  ann.client->on_input = [&](std::size_t) { order += "a"; };
  const std::string much(5 * loop().receive_buffer().size() / 2, 'x');
  CAF_REQUIRE_EQUAL(
    ::send(flood.native_handle(), much.data(), much.size(), MSG_DONTWAIT),
    static_cast<ssize_t>(much.size()));
  const auto is_read = [&] {
    return std::count(order.begin(), order.end(), 'g') == 3
           && order.back() == 'a';
  };
  CAF_CHECK(pump_until(is_read));
  CAF_CHECK(order.find('a') < order.rfind('g'));
}

CAF_TEST_FIXTURE_SCOPE_END()
