#define CAF_SUITE socket_meters

#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/net_fixture.hpp"
#include "tests/net/support/recording_session.hpp"
#include "tests/net/support/upgrade_request.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : net_fixture {
  fixture() {
    limits.output_queue = 100'000;
    limits.send_buffer = 16 * 1024;
  }

  ~fixture() {
    session.reset();
    loop().sessions().abort_all();
    pump();
  }

  raw_client join(int receive_buffer = 0) {
    auto [client, accepted] = connect(receive_buffer);
    const int cap = static_cast<int>(limits.send_buffer);
    ::setsockopt(accepted.native_handle(), SOL_SOCKET, SO_SNDBUF, &cap,
                 sizeof cap);
    session.reset(new recording_websocket{std::make_unique<accepted_client>(
      loop(), std::move(accepted), upgrade_request(), "")});
    session->start();
    session->open();
    CAF_REQUIRE(pump_until(
      [&client = client] { return client.received().size() > 100; }));
    greeting = client.received().size();
    return std::move(client);
  }

  std::uint64_t turns() {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < latency_histogram::size; ++i)
      result += loop().meters().turns.count(i);
    return result;
  }

  websocket_ptr session;
  std::size_t greeting = 0; // bytes of the server's answer
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(socket_meters_tests, fixture)

CAF_TEST(bytes are counted as the kernel takes and gives them) {
  auto client = join();
  CAF_CHECK_EQUAL(loop().meters().bytes_sent, greeting);
  CAF_CHECK_EQUAL(loop().meters().bytes_received, 0u);
  CAF_CHECK(session->deliver(encode_websocket(payload_kind::text, "hello")));
  CAF_CHECK_EQUAL(loop().meters().bytes_sent, greeting);
  pump();
  CAF_CHECK_EQUAL(loop().meters().bytes_sent, greeting + 7);
  const auto frame = client_text("hi");
  client.send(frame);
  CAF_CHECK(pump_until([&] { return !session->events.empty(); }));
  CAF_CHECK_EQUAL(loop().meters().bytes_received, frame.size());
}

CAF_TEST(a turn that does something is counted) {
  auto client = join();
  const auto before = turns();
  pump();
  CAF_CHECK_EQUAL(turns(), before);
  session->deliver(encode_websocket(payload_kind::text, "hello"));
  pump();
  CAF_CHECK_EQUAL(turns(), before + 1);
}

CAF_TEST(a full queue takes nothing more and is counted once) {
  auto client = join(4096);
  const auto bytes =
    encode_websocket(payload_kind::text, std::string(1024, 'k'));
  CAF_CHECK(!session->ending());
  int taken = 0;
  while (taken < 10'000 && session->deliver(bytes))
    ++taken;
  CAF_CHECK(taken < 10'000);
  CAF_CHECK(session->ending() == close_reason::slow_consumer);
  CAF_CHECK(!session->deliver(bytes));
  pump();
  CAF_CHECK(!session->deliver(bytes));
  CAF_CHECK_EQUAL(loop().meters().slow_closes, 1u);
}

CAF_TEST_FIXTURE_SCOPE_END()
