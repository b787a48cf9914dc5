#define CAF_SUITE reader
#include "net/session_limits.hpp"
#include "tests/net/support/client_frames.hpp"
#include "tests/net/support/pooled_client.hpp"
#include "tests/net/support/upgrade_request.hpp"

#include <caf/test/unit_test.hpp>

#include <malloc.h>
#include <memory>
#include <vector>

using namespace rookery;
using namespace rookery::test;

namespace {

using events = std::vector<std::string>;

struct fixture {
  ~fixture() { pool.clear(); }

  session_limits limits;
  boost::asio::io_context context{1};
  reader_pool pool{context, limits};
  pooled_client ann{pool};
  pooled_client bob{pool};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(reader_tests, fixture)

CAF_TEST(clients between messages share one reader) {
  for (int i = 0; i < 10; ++i) {
    ann.feed(client_text("a"));
    bob.feed(client_text("b"));
  }
  CAF_CHECK_EQUAL(ann.result.events.size(), 10u);
  CAF_CHECK_EQUAL(bob.result.events.size(), 10u);
  CAF_CHECK_EQUAL(pool.made(), 1u);
  CAF_CHECK_EQUAL(pool.size(), 1u);
}

CAF_TEST(a client keeps its reader while a message arrives) {
  const auto bytes = client_text("hello");
  ann.feed(bytes.substr(0, 7));
  CAF_CHECK(ann.has_lease());
  bob.feed(client_text("b"));
  ann.feed(bytes.substr(7));
  CAF_CHECK_EQUAL(ann.result.events, events{"text:hello"});
  CAF_CHECK_EQUAL(bob.result.events, events{"text:b"});
  CAF_CHECK_EQUAL(pool.made(), 2u);
}

CAF_TEST(a reader counts for the memory that it takes) {
  std::vector<std::unique_ptr<reader>> many;
  const auto before = ::mallinfo2().uordblks;
  for (int i = 0; i < 100; ++i)
    many.push_back(reader::create(context, limits));
  // Zero where a sanitizer allocates.
  const auto each = (::mallinfo2().uordblks - before) / many.size();
  CAF_CHECK(many.front()->held_bytes() * 11 > each * 10);
  CAF_CHECK(each == 0 || many.front()->held_bytes() < each * 2);
}

CAF_TEST(text that ends within a character is refused and blames nobody else) {
  ann.feed(client_frame(0x01, "\xc3") + client_frame(0x80, ""));
  CAF_CHECK_EQUAL(ann.result.events, events{"closed:invalid_text"});
  bob.feed(client_text("fine"));
  CAF_CHECK_EQUAL(bob.result.events, events{"text:fine"});
}

CAF_TEST(a tainted reader serves nobody else) {
  ann.feed(client_frame(0x01, "fine") + client_frame(0x80, ""));
  CAF_CHECK_EQUAL(ann.result.events, events{"text:fine"});
  CAF_CHECK(!ann.has_lease());
  CAF_CHECK_EQUAL(pool.size(), 0u);
}

CAF_TEST(bad text is noticed before the message is complete) {
  for (std::string_view bad :
       {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    pooled_client client{pool};
    client.feed(client_frame(0x01, "ok"));
    client.feed(client_frame(0x00, bad));
    CAF_CHECK_EQUAL(client.result.events, events{"closed:invalid_text"});
    CAF_CHECK_EQUAL(client.result.output, server_close(1007));
  }
}

CAF_TEST(bad text is noticed within a frame) {
  const auto bytes = client_text("ok \xff and much more");
  ann.feed(bytes.substr(0, 12));
  CAF_CHECK_EQUAL(ann.result.events, events{"closed:invalid_text"});
}

CAF_TEST(a ping is answered with its payload) {
  ann.feed(client_frame(0x89, "hi"));
  CAF_CHECK_EQUAL(ann.result.output, "\x8a\x02hi");
  CAF_CHECK(ann.result.events.empty());
}

CAF_TEST(pongs are told) {
  ann.feed(client_frame(0x8a, "") + client_frame(0x8a, "x"));
  CAF_CHECK_EQUAL(ann.pongs, 2);
  CAF_CHECK_EQUAL(ann.result.output, "");
}

CAF_TEST(a close is echoed and ends the reading) {
  ann.feed(client_close(1000) + client_text("ignored"));
  CAF_CHECK_EQUAL(ann.result.events, events{"closed:normal"});
  CAF_CHECK_EQUAL(ann.result.output, server_close(1000));
}

CAF_TEST(close codes that may not be sent are a protocol error) {
  for (const std::uint16_t code :
       {0, 999, 1004, 1005, 1006, 1014, 1015, 1016, 2999, 5000, 5001, 65535}) {
    pooled_client client{pool};
    client.feed(client_close(code));
    CAF_CHECK_EQUAL(client.result.events, events{"closed:protocol_error"});
    CAF_CHECK_EQUAL(client.result.output, server_close(1002));
  }
}

CAF_TEST(close codes that may be sent are echoed) {
  for (const std::uint16_t code : {1000, 1001, 1002, 1003, 1007, 1008, 1009,
                                   1010, 1011, 1012, 1013, 3000, 4999}) {
    pooled_client client{pool};
    client.feed(client_close(code, "bye"));
    CAF_CHECK_EQUAL(client.result.events, events{"closed:normal"});
    CAF_CHECK_EQUAL(client.result.output, server_close(code));
  }
}

CAF_TEST(a message over the limit is refused by its header) {
  limits.max_message = 100;
  pooled_client client{pool};
  client.feed(client_frame(0x82, std::string(101, 'x')).substr(0, 6));
  CAF_CHECK_EQUAL(client.result.events, events{"closed:message_too_big"});
  CAF_CHECK_EQUAL(client.result.output, server_close(1009));
}

CAF_TEST(fragments together are limited too) {
  limits.max_message = 100;
  pooled_client client{pool};
  client.feed(client_frame(0x02, std::string(60, 'x')));
  client.feed(client_frame(0x80, std::string(60, 'x')));
  CAF_CHECK_EQUAL(client.result.events, events{"closed:message_too_big"});
}

CAF_TEST(an absurd length is refused at once) {
  const std::string header{"\x82\xff\x80\0\0\0\0\0\0\0abcd", 14};
  ann.feed(header);
  CAF_CHECK_EQUAL(ann.result.events, events{"closed:message_too_big"});
}

CAF_TEST(a flood of empty fragments is cut) {
  ann.feed(client_frame(0x01, ""));
  for (int i = 0; i < 127; ++i)
    ann.feed(client_frame(0x00, ""));
  CAF_CHECK(!ann.result.is_over());
  ann.feed(client_frame(0x00, ""));
  CAF_CHECK_EQUAL(ann.result.events, events{"closed:policy_violation"});
}

CAF_TEST(a large message is complete however it comes) {
  const std::string payload(1'000'000, 'x');
  const auto bytes = client_frame(0x82, payload);
  for (std::size_t i = 0; i < bytes.size(); i += 60'000)
    ann.feed(std::string_view{bytes}.substr(i, 60'000));
  CAF_REQUIRE_EQUAL(ann.result.events.size(), 1u);
  CAF_CHECK(ann.result.events[0] == "binary:" + payload);
  CAF_CHECK_EQUAL(pool.size(), 1u);
}

CAF_TEST(an upgrade is answered with the key of RFC 6455) {
  auto request = upgrade_request();
  request.fields.push_back({"Sec-WebSocket-Extensions", "permessage-deflate"});
  auto made = pool.upgrade(request, ann);
  CAF_REQUIRE(made != nullptr);
  const auto& answer = ann.result.output;
  CAF_CHECK(answer.starts_with("HTTP/1.1 101 "));
  CAF_CHECK(answer.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos);
  CAF_CHECK(answer.find("Extensions") == std::string::npos);
  CAF_CHECK(made->is_reusable());
}

CAF_TEST_FIXTURE_SCOPE_END()
