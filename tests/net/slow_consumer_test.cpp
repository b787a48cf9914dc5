#define CAF_SUITE slow_consumer
#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/websocket_fixture.hpp"

#include <memory>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct member {
  raw_client client;
  websocket_ptr session;
};

struct fixture : net_fixture {
  fixture() {
    limits.output_queue = 100'000;
    limits.send_buffer = 16 * 1024;
  }

  ~fixture() {
    loop().sessions().abort_all();
    pump();
  }

  /// A session whose client has its 101 and then reads or does not.
  member join() {
    auto [client, accepted] = connect(4096);
    const int cap = static_cast<int>(limits.send_buffer);
    ::setsockopt(accepted.native_handle(), SOL_SOCKET, SO_SNDBUF, &cap,
                 sizeof cap);
    auto session = open_websocket(*this, client, std::move(accepted));
    return {std::move(client), std::move(session)};
  }

  /// A frame of 1 KiB that no other queue shares.
  frame_ptr own_frame() const {
    return encode_websocket(payload_kind::text, kibibyte);
  }

  /// Delivers `count` frames of 1 KiB, one turn each.
  void publish(member& to, int count) {
    for (int i = 0; i < count; ++i) {
      to.session->deliver(own_frame());
      pump();
    }
  }

  const std::string kibibyte = std::string(1024, 'k');
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(slow_consumer_tests, fixture)

CAF_TEST(a queue of many bounds closes the slow member and frees its memory) {
  auto slow = join();
  auto good = join();
  const auto bytes = encode_websocket(payload_kind::text, kibibyte);
  std::size_t peak = 0;
  for (int i = 0; i < 1000; ++i) {
    slow.session->deliver(bytes);
    good.session->deliver(bytes);
    pump();
    good.client.received();
    peak = std::max(peak, loop().outputs().queued());
  }
  CAF_CHECK_EQUAL(slow.session->events, events{"closed:slow_consumer"});
  CAF_CHECK(peak < 4 * limits.output_queue + 10'000);
  CAF_CHECK(good.session->events.empty());
  CAF_CHECK(pump_until([&] {
    return good.client.received().size() == 1000 * (kibibyte.size() + 4);
  }));
  CAF_CHECK(loop().outputs().queued() < 10'000);
}

CAF_TEST(a slow member that reads at last finds its code) {
  auto slow = join();
  publish(slow, 1000);
  CAF_CHECK_EQUAL(slow.session->events, events{"closed:slow_consumer"});
  CAF_CHECK(pump_until([&] { return slow.client.is_over(); }));
  const auto& received = slow.client.received();
  const auto code = received.find("\x03\xf5slow consumer");
  CAF_REQUIRE(code != std::string::npos);
  CAF_CHECK_EQUAL(received[code - 2], '\x88');
  // The frames before it are complete.
  CAF_CHECK_EQUAL((code - 2) % (kibibyte.size() + 4), 0u);
  CAF_CHECK(!slow.client.is_reset());
}

CAF_TEST(a slow member is cut after its grace) {
  auto slow = join();
  publish(slow, 1000);
  CAF_CHECK_EQUAL(loop().sessions().size(), 1u);
  advance(limits.unread_timeout);
  CAF_CHECK_EQUAL(loop().sessions().size(), 0u);
}

CAF_TEST(one message over the bound does not kill a healthy reader) {
  auto good = join();
  const std::string large(1'000'000, 'x');
  good.session->deliver(encode_websocket(payload_kind::binary, large));
  CAF_CHECK(pump_until(
    [&] { return good.client.received().size() == large.size() + 10; }));
  CAF_CHECK(good.session->events.empty());
}

CAF_TEST(a burst within one turn is no lag) {
  limits.send_buffer = 1024 * 1024;
  auto [client, accepted] = connect();
  const auto session = open_websocket(*this, client, std::move(accepted));
  const auto bytes = encode_websocket(payload_kind::text, kibibyte);
  for (int i = 0; i < 200; ++i)
    session->deliver(bytes);
  pump();
  CAF_CHECK(session->events.empty());
}

CAF_TEST(a client that reads may get several bounds at once) {
  auto good = join();
  const auto bytes = encode_websocket(payload_kind::text, kibibyte);
  for (int i = 0; i < 300; ++i)
    good.session->deliver(bytes);
  CAF_CHECK(pump_until([&] {
    return good.client.received().size() == 300 * (kibibyte.size() + 4);
  }));
  CAF_CHECK(good.session->events.empty());
}

CAF_TEST(a full queue that does not shrink closes the slow member) {
  auto slow = join();
  publish(slow, 200);
  CAF_REQUIRE(slow.session->output_cost() > limits.output_queue);
  CAF_CHECK(slow.session->events.empty());
  advance(limits.output_patience - timer_wheel::tick);
  publish(slow, 1);
  CAF_CHECK(slow.session->events.empty());
  advance(3 * timer_wheel::tick);
  publish(slow, 1);
  CAF_CHECK_EQUAL(slow.session->events, events{"closed:slow_consumer"});
}

CAF_TEST(a full queue that shrinks may stay) {
  auto slow = join();
  publish(slow, 300);
  for (int i = 0; i < 6; ++i) {
    const auto before = slow.session->output_cost();
    CAF_REQUIRE(pump_until([&] {
      slow.client.received();
      return slow.session->output_cost() < before;
    }));
    CAF_REQUIRE(slow.session->output_cost() > limits.output_queue);
    publish(slow, 30);
    advance(limits.output_patience / 2);
  }
  CAF_CHECK(slow.session->events.empty());
}

CAF_TEST(a frame that can wait waits while half of the queue is full) {
  auto slow = join();
  const auto bytes = encode_websocket(payload_kind::text, kibibyte);
  int taken = 0;
  while (slow.session->offer(bytes))
    ++taken;
  CAF_CHECK(slow.session->output_cost() < limits.output_queue / 2 + 2000);
  CAF_CHECK(slow.session->events.empty());
  CAF_CHECK(pump_until([&] {
    return slow.client.received().size() == taken * (kibibyte.size() + 4);
  }));
  CAF_CHECK_EQUAL(slow.session->events, events{"writable"});
  CAF_CHECK(slow.session->offer(bytes));
}

CAF_TEST(
  a slow consumer found within a call of the actor is reported after it) {
  auto slow = join();
  const auto bytes = encode_websocket(payload_kind::text, kibibyte);
  for (int i = 0; i < 5000; ++i)
    slow.session->deliver(bytes);
  CAF_CHECK(slow.session->events.empty());
  pump();
  CAF_CHECK_EQUAL(slow.session->events, events{"closed:slow_consumer"});
}

CAF_TEST(an actor that found half of the queue full is told of room once) {
  auto slow = join();
  CAF_CHECK(!slow.session->is_congested());
  publish(slow, 90);
  CAF_REQUIRE(slow.session->is_congested());
  CAF_CHECK(slow.session->events.empty());
  CAF_CHECK(pump_until([&] {
    return slow.client.received().size() == 90 * (kibibyte.size() + 4);
  }));
  CAF_CHECK_EQUAL(slow.session->events, events{"writable"});
  CAF_CHECK(!slow.session->is_congested());
}

CAF_TEST(a client whose input is held is read later) {
  auto good = join();
  good.session->hold_input(true);
  good.client.send(client_text("later"));
  pump();
  CAF_CHECK(good.session->events.empty());
  good.session->hold_input(false);
  CAF_CHECK(
    pump_until([&] { return good.session->events == events{"text:later"}; }));
}

CAF_TEST(frames that can wait take half of the output memory at most) {
  limits.output_queue = 10'000'000;
  output_memory = 400'000;
  auto slow = join();
  auto other = join();
  while (slow.session->offer(own_frame()))
    ;
  CAF_CHECK(loop().outputs().queued() < 210'000);
  CAF_CHECK(slow.session->events.empty());
  // A client that has taken everything goes on.
  CAF_CHECK(other.session->offer(own_frame()));
}

CAF_TEST(the largest queues go first when memory is short) {
  limits.output_queue = 10'000'000;
  loop();
  auto small = join();
  auto large = join();
  publish(small, 150);
  publish(large, 600);
  CAF_CHECK(small.session->output_cost() > 0);
  CAF_CHECK(large.session->output_cost() > small.session->output_cost());
  memory_budget tight{large.session->output_cost(), 1};
  tight.publish(0, loop().outputs().queued());
  CAF_REQUIRE(tight.excess_of(0) > 0);
  loop().sessions().relieve(tight.excess_of(0));
  pump();
  CAF_CHECK_EQUAL(large.session->events, events{"closed:memory_pressure"});
  CAF_CHECK(small.session->events.empty());
}

CAF_TEST(a node short of memory keeps to its budget) {
  limits.output_queue = 10'000'000;
  output_memory = 2'000'000;
  std::vector<member> stuck;
  for (int i = 0; i < 8; ++i)
    stuck.push_back(join());
  std::size_t peak = 0;
  for (int i = 0; i < 2000; ++i) {
    for (auto& each : stuck)
      each.session->deliver(own_frame());
    pump();
    peak = std::max(peak, loop().outputs().queued());
  }
  CAF_CHECK(peak < 2'100'000);
  advance(timer_wheel::tick);
  CAF_CHECK_EQUAL(budget().total(), loop().outputs().queued());
}

CAF_TEST(frames that many members share take memory once) {
  limits.output_queue = 10'000'000;
  output_memory = 2'000'000;
  std::vector<member> readers;
  for (int i = 0; i < 8; ++i)
    readers.push_back(join());
  const auto bytes =
    encode_websocket(payload_kind::text, std::string(1'000'000, 'x'));
  for (auto& each : readers)
    each.session->deliver(bytes);
  pump();
  advance(timer_wheel::tick);
  CAF_CHECK(loop().outputs().queued() < 1'100'000);
  for (auto& each : readers) {
    CAF_CHECK(pump_until(
      [&] { return each.client.received().size() == bytes->size(); }));
    CAF_CHECK(each.session->events.empty());
  }
  CAF_CHECK_EQUAL(loop().outputs().queued(), 0u);
}

CAF_TEST_FIXTURE_SCOPE_END()
