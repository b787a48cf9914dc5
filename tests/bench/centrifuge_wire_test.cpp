#define CAF_SUITE centrifuge_wire

#include "apps/rookery-bench/protocol.hpp"

#include <caf/test/unit_test.hpp>

#include <vector>

using namespace rookery::bench;
using namespace std::string_literals;

namespace {

struct recorder final : sink {
  void ready() override { ++readies; }

  void publication(std::uint32_t channel, std::string_view payload) override {
    publications.push_back(std::to_string(channel) + ':'
                           + std::string{payload});
  }

  int readies = 0;
  std::vector<std::string> publications;
};

/// A text frame of a server.
std::string frame(const std::string& text) {
  auto size = std::string{static_cast<char>(text.size())};
  if (text.size() > 125)
    size = {126, static_cast<char>(text.size() >> 8),
            static_cast<char>(text.size())};
  return "\x81" + size + text;
}

/// All frames of the client, one per line.
std::string unmasked(std::string_view bytes) {
  std::string result;
  while (!bytes.empty()) {
    std::size_t size = bytes[1] & 0x7f;
    std::size_t header = 2;
    if (size == 126) {
      size = std::size_t{static_cast<unsigned char>(bytes[2])} << 8
             | static_cast<unsigned char>(bytes[3]);
      header = 4;
    }
    for (std::size_t i = 0; i < size; ++i)
      result +=
        static_cast<char>(bytes[header + 4 + i] ^ bytes[header + i % 4]);
    result += '\n';
    bytes.remove_prefix(header + 4 + size);
  }
  return result;
}

struct fixture {
  void make(wire_options options) {
    options.channel_prefix = "a-";
    options.first_channel = 4;
    subject = make_wire(protocol::centrifuge, options);
    open();
  }

  void open() {
    CAF_CHECK(subject->hello().starts_with("GET /connection/websocket HTTP"));
    out.clear();
    CAF_REQUIRE(feed("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
  }

  bool feed(std::string_view bytes) { return subject->feed(bytes, out, heard); }

  bool hear(const std::string& text) { return feed(frame(text)); }

  /// A member of one channel that stands at offset 5 of epoch "e".
  void make_recovering() {
    make({.recovers = true});
    CAF_REQUIRE(hear(R"({"id":1,"connect":{"client":"c"}})"
                     "\n"
                     R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e",)"
                     R"("offset":5,"positioned":true}})"));
  }

  std::unique_ptr<wire> subject;
  recorder heard;
  std::string out;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_wire_tests, fixture)

CAF_TEST(connect and subscriptions go in one frame) {
  make({.channels = 2, .token = "t"});
  CAF_CHECK_EQUAL(unmasked(out), R"({"id":1,"connect":{"token":"t"}})"
                                 "\n"
                                 R"({"id":2,"subscribe":{"channel":"a-4"}})"
                                 "\n"
                                 R"({"id":3,"subscribe":{"channel":"a-5"}})"
                                 "\n");
}

CAF_TEST(a connection is ready when all its channels stand) {
  make({.channels = 2});
  CAF_CHECK(hear(R"({"id":1,"connect":{"client":"c","ping":25,"pong":true}})"
                 "\n"
                 R"({"id":3,"subscribe":{}})"));
  CAF_CHECK_EQUAL(heard.readies, 0);
  CAF_CHECK(hear(R"({"id":2,"subscribe":{}})"));
  CAF_CHECK_EQUAL(heard.readies, 1);
}

CAF_TEST(a frame may hold several publications) {
  make({.channels = 2});
  hear(R"({"id":2,"subscribe":{}})"
       "\n"
       R"({"id":3,"subscribe":{}})");
  CAF_CHECK(hear(R"({"push":{"channel":"a-5","pub":{"data":"one"}}})"
                 "\n"
                 R"({"push":{"channel":"a-4","pub":{"data":"two",)"
                 R"("info":{"user":"u","client":"c"},"offset":7}}})"
                 "\n"));
  CAF_REQUIRE_EQUAL(heard.publications.size(), 2u);
  CAF_CHECK_EQUAL(heard.publications[0], "1:one");
  CAF_CHECK_EQUAL(heard.publications[1], "0:two");
}

CAF_TEST(publications are commands with growing ids) {
  make({});
  out.clear();
  subject->publish(0, "hi", out);
  subject->publish(0, "ho", out);
  CAF_CHECK_EQUAL(unmasked(out),
                  R"({"id":3,"publish":{"channel":"a-4","data":"hi"}})"
                  "\n"
                  R"({"id":4,"publish":{"channel":"a-4","data":"ho"}})"
                  "\n");
  CAF_CHECK(hear(R"({"id":3,"publish":{}})"));
}

CAF_TEST(a ping is answered) {
  make({});
  out.clear();
  CAF_CHECK(hear("{}"));
  CAF_CHECK_EQUAL(unmasked(out), "{}\n");
}

CAF_TEST(an error ends the connection) {
  make({});
  CAF_CHECK(
    !hear(R"({"id":2,"error":{"code":103,"message":"permission denied"}})"));
  CAF_CHECK(subject->problem().find("103") != std::string::npos);
}

CAF_TEST(input that a load test does not expect ends the connection) {
  make({});
  CAF_CHECK(!hear(R"({"push":{"channel":"b","pub":{"data":"x"}}})"));
  make({});
  CAF_CHECK(!hear(R"({"push":{"channel":"a-4","pub":{"data":"x"}}})"));
  make({});
  hear(R"({"id":2,"subscribe":{}})");
  CAF_CHECK(!hear(R"({"push":{"channel":"a-4","unsubscribe":{"code":2500}}})"));
  make({});
  hear(R"({"id":2,"subscribe":{}})");
  CAF_CHECK(!hear(R"({"id":2,"subscribe":{}})"));
}

CAF_TEST(a cut subscription goes on where it was) {
  make_recovering();
  CAF_CHECK(
    hear(R"({"push":{"channel":"a-4","pub":{"data":"six","offset":6}}})"));
  open();
  CAF_CHECK_EQUAL(unmasked(out),
                  R"({"id":1,"connect":{}})"
                  "\n"
                  R"({"id":2,"subscribe":{"channel":"a-4","recoverable":true,)"
                  R"("recover":true,"epoch":"e","offset":6}})"
                  "\n");
  CAF_CHECK(hear(R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e",)"
                 R"("publications":[{"data":"seven","offset":7},)"
                 R"({"data":"eight","offset":8}],"recovered":true,)"
                 R"("offset":6,"was_recovering":true}})"));
  CAF_CHECK_EQUAL(heard.readies, 2);
  CAF_REQUIRE_EQUAL(heard.publications.size(), 3u);
  CAF_CHECK_EQUAL(heard.publications[2], "0:eight");
  CAF_CHECK(
    hear(R"({"push":{"channel":"a-4","pub":{"data":"nine","offset":9}}})"));
}

CAF_TEST(a subscription that is not recovered ends the connection) {
  make_recovering();
  open();
  CAF_CHECK(!hear(R"({"id":2,"subscribe":{"recoverable":true,"epoch":"f",)"
                  R"("offset":1,"was_recovering":true}})"));
}

CAF_TEST(an offset that is left out ends the connection) {
  make_recovering();
  CAF_CHECK(
    !hear(R"({"push":{"channel":"a-4","pub":{"data":"seven","offset":7}}})"));
}

CAF_TEST_FIXTURE_SCOPE_END()
