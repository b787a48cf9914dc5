#define CAF_SUITE plain_wire

#include "apps/rookery-bench/protocol.hpp"

#include <caf/test/unit_test.hpp>

#include <vector>

using namespace rookery::bench;
using namespace std::string_literals;

namespace {

const auto accepted = "HTTP/1.1 101 Switching Protocols\r\n\r\n"s;

struct recorder final : sink {
  void ready() override { ++readies; }

  void publication(std::uint32_t, std::string_view payload) override {
    publications.emplace_back(payload);
  }

  int readies = 0;
  std::vector<std::string> publications;
};

struct fixture {
  std::unique_ptr<wire> subject = make_wire(
    protocol::plain, {.channel_prefix = "a", .path = "/ws/{channel}?x"});
  recorder heard;
  std::string out;

  bool feed(std::string_view bytes) { return subject->feed(bytes, out, heard); }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(plain_wire_tests, fixture)

CAF_TEST(the request names the channel) {
  CAF_CHECK(subject->hello().starts_with("GET /ws/a0?x HTTP/1.1\r\n"));
}

CAF_TEST(bytes may come one by one) {
  for (const char byte :
       accepted + "\x81\x02hi\x82\x7e\x00\x7e"s + std::string(126, 'z'))
    CAF_REQUIRE(feed({&byte, 1}));
  CAF_CHECK_EQUAL(heard.readies, 1);
  CAF_REQUIRE_EQUAL(heard.publications.size(), 2u);
  CAF_CHECK_EQUAL(heard.publications[0], "hi");
  CAF_CHECK_EQUAL(heard.publications[1], std::string(126, 'z'));
}

CAF_TEST(frames beside the answer are read) {
  CAF_CHECK(feed(accepted
                 + "\x81\x01"
                   "a\x81\x01"
                   "b"));
  CAF_CHECK_EQUAL(heard.publications.size(), 2u);
}

CAF_TEST(a refusal ends the connection) {
  CAF_CHECK(!feed("HTTP/1.1 403 Forbidden\r\n\r\n"));
  CAF_CHECK_EQUAL(subject->problem(), "refused: HTTP/1.1 403 Forbidden");
  CAF_CHECK_EQUAL(heard.readies, 0);
}

CAF_TEST(a ping is answered with its bytes masked) {
  feed(accepted);
  CAF_CHECK(feed("\x89\x02ok"));
  CAF_REQUIRE_EQUAL(out.size(), 8u);
  CAF_CHECK_EQUAL(out.substr(0, 2), "\x8a\x82");
  CAF_CHECK_EQUAL(char(out[6] ^ out[2]), 'o');
  CAF_CHECK_EQUAL(char(out[7] ^ out[3]), 'k');
}

CAF_TEST(a close is told with its code) {
  feed(accepted);
  CAF_CHECK(!feed("\x88\x02\x03\xf5"));
  CAF_CHECK_EQUAL(subject->problem(), "closed by the server, code 1013");
}

CAF_TEST(masked and reserved frames are broken) {
  feed(accepted);
  CAF_CHECK(!feed("\xc1\x01z"));
  CAF_CHECK_EQUAL(subject->problem(), "broken frame");
}

CAF_TEST(long publications use the wide length) {
  subject->publish(0, std::string(65536, 'p'), out);
  CAF_CHECK_EQUAL(out.substr(0, 10),
                  "\x81\xff\x00\x00\x00\x00\x00\x01\x00\x00"s);
  CAF_CHECK_EQUAL(out.size(), 65536u + 14);
}

CAF_TEST_FIXTURE_SCOPE_END()
