#define CAF_SUITE request_reader
#include "net/request_reader.hpp"
#include "net/session_limits.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

using progress = request_reader::progress;

namespace {

struct fixture {
  session_limits limits;
  request_reader reader{limits};
};

struct refused_request {
  const char* what;
  unsigned status;
  std::string text;
};

/// Feeds `bytes` and reads on after the head of a request with a body.
progress feed(request_reader& to, std::string_view bytes) {
  const auto result = to.feed(bytes);
  return result == progress::has_head ? to.feed({}) : result;
}

std::string with_fields(std::string_view fields) {
  return std::string{"GET / HTTP/1.1\r\nHost: x\r\n"}.append(fields) + "\r\n";
}

const refused_request table[] = {
  {"HTTP/0.9", 505, "GET / HTTP/0.9\r\nHost: x\r\n\r\n"},
  {"two hosts in HTTP/1.0", 400,
   "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n"},
  {"chunks in HTTP/1.0", 400,
   "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
  {"HTTP/2.0", 505, "GET / HTTP/2.0\r\nHost: x\r\n\r\n"},
  {"no version", 400, "GET /\r\n\r\n"},
  {"garbage", 400, "\x16\x03\x01\x02 hello\r\n\r\n"},
  {"no host", 400, "GET / HTTP/1.1\r\n\r\n"},
  {"two hosts", 400, with_fields("Host: y\r\n")},
  {"space before the colon", 400, with_fields("X : y\r\n")},
  {"control character", 400, with_fields(std::string_view{"X: a\0b\r\n", 8})},
  {"relative target", 400, "GET chat HTTP/1.1\r\nHost: x\r\n\r\n"},
  {"two lengths", 400,
   with_fields("Content-Length: 1\r\nContent-Length: 1\r\n") + "x"},
  {"negative length", 400, with_fields("Content-Length: -1\r\n")},
  {"length and coding", 400,
   with_fields("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")},
  {"coding and length", 400,
   with_fields("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")},
  {"unknown coding", 501, with_fields("Transfer-Encoding: gzip\r\n")},
  {"two codings", 501, with_fields("Transfer-Encoding: gzip, chunked\r\n")},
  {"unknown expectation", 417, with_fields("Expect: a miracle\r\n")},
  {"upgrade with a body", 400,
   with_fields("Upgrade: websocket\r\nContent-Length: 5\r\n")},
  {"bad chunk", 400,
   with_fields("Transfer-Encoding: chunked\r\n") + "zz\r\nhello\r\n"},
  {"endless chunk header", 400,
   with_fields("Transfer-Encoding: chunked\r\n") + "1;"
     + std::string(40'000, 'x')},
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(request_reader_tests, fixture)

CAF_TEST(a request is read however it is cut) {
  const std::string text =
    "POST /pub/a?x=1 HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n"
    "X-Two: 2\r\n\r\nhello";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    auto left = std::string_view{text};
    while (left.size() > step) {
      CAF_REQUIRE(feed(reader, left.substr(0, step)) == progress::incomplete);
      CAF_REQUIRE(!reader.is_idle());
      left.remove_prefix(step);
    }
    CAF_REQUIRE(feed(reader, left) == progress::complete);
    const auto request = reader.take_request();
    CAF_CHECK_EQUAL(request.method, "POST");
    CAF_CHECK_EQUAL(request.target, "/pub/a?x=1");
    CAF_CHECK_EQUAL(request.field("x-two"), "2");
    CAF_CHECK_EQUAL(request.body, "hello");
    CAF_CHECK(reader.is_idle());
  }
}

CAF_TEST(a request of the older version needs no host) {
  CAF_REQUIRE(feed(reader, "POST /api HTTP/1.0\r\nContent-Length: 2\r\n"
                           "Expect: 100-continue\r\n\r\n{}")
              == progress::complete);
  const auto request = reader.take_request();
  CAF_CHECK(request.is_http_1_0);
  CAF_CHECK_EQUAL(request.body, "{}");
  CAF_REQUIRE(feed(reader, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
              == progress::complete);
  CAF_CHECK(!reader.take_request().is_http_1_0);
}

CAF_TEST(pipelined requests come one after the other) {
  const std::string one = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string two = "\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\nrest";
  CAF_REQUIRE(feed(reader, one + two) == progress::complete);
  CAF_CHECK_EQUAL(reader.take_request().target, "/1");
  CAF_CHECK(!reader.is_idle());
  CAF_REQUIRE(feed(reader, {}) == progress::complete);
  CAF_CHECK_EQUAL(reader.take_request().target, "/2");
  CAF_CHECK_EQUAL(reader.take_rest(), "rest");
}

CAF_TEST(a chunked body is put together) {
  const auto head = with_fields("Transfer-Encoding: chunked\r\n");
  CAF_CHECK(feed(reader, head) == progress::incomplete);
  CAF_CHECK(feed(reader, "3\r\nabc\r\n") == progress::incomplete);
  CAF_CHECK(feed(reader, "2;ext=1\r\nde\r\n0\r\nHost: y\r\n\r\n")
            == progress::complete);
  const auto request = reader.take_request();
  CAF_CHECK_EQUAL(request.body, "abcde");
  CAF_CHECK_EQUAL(request.count("Host"), 1u);
}

CAF_TEST(a client that waits for permission is told once) {
  const auto head =
    with_fields("Content-Length: 2\r\nExpect: 100-Continue\r\n");
  CAF_CHECK(feed(reader, head) == progress::expects_continue);
  CAF_CHECK(feed(reader, "a") == progress::incomplete);
  CAF_CHECK(feed(reader, "b") == progress::complete);
}

CAF_TEST(a client that does not wait is not told) {
  const auto head =
    with_fields("Content-Length: 2\r\nExpect: 100-continue\r\n");
  CAF_CHECK(feed(reader, head + "a") == progress::incomplete);
}

CAF_TEST(the absolute form becomes the origin form) {
  CAF_REQUIRE(feed(reader, "GET HTTP://h:1/ws/a?b HTTP/1.1\r\nHost: h\r\n\r\n")
              == progress::complete);
  CAF_CHECK_EQUAL(reader.take_request().target, "/ws/a?b");
  CAF_REQUIRE(feed(reader, "GET http://h HTTP/1.1\r\nHost: h\r\n\r\n")
              == progress::complete);
  CAF_CHECK_EQUAL(reader.take_request().target, "/");
}

CAF_TEST(an improper request is refused with its status) {
  for (const auto& row : table) {
    request_reader fresh{limits};
    CAF_MESSAGE(row.what);
    CAF_REQUIRE(feed(fresh, row.text) == progress::refused);
    CAF_CHECK_EQUAL(fresh.refusal().status, row.status);
    CAF_CHECK(fresh.refusal().close);
  }
}

CAF_TEST(header bytes are limited however they come) {
  CAF_CHECK(feed(reader, with_fields("X: " + std::string(20'000, 'x') + "\r\n"))
            == progress::refused);
  CAF_CHECK_EQUAL(reader.refusal().status, 431u);
  request_reader slow{limits};
  auto result = slow.feed("GET /");
  for (int i = 0; i < 20'000 && result == progress::incomplete; ++i)
    result = slow.feed("x");
  CAF_CHECK(result == progress::refused);
  CAF_CHECK_EQUAL(slow.refusal().status, 431u);
}

CAF_TEST(header fields are limited in number) {
  std::string fields;
  for (int i = 0; i < 100; ++i)
    fields += "X: y\r\n";
  CAF_CHECK(feed(reader, with_fields(fields)) == progress::refused);
  CAF_CHECK_EQUAL(reader.refusal().status, 431u);
}

CAF_TEST(a body is limited before and while it comes) {
  limits.max_message = 10;
  CAF_CHECK(feed(reader, with_fields("Content-Length: 11\r\n"))
            == progress::refused);
  CAF_CHECK_EQUAL(reader.refusal().status, 413u);
  request_reader chunked{limits};
  CAF_CHECK(feed(chunked, with_fields("Transfer-Encoding: chunked\r\n")
                            + "6\r\nabcdef\r\n6\r\nabcdef\r\n")
            == progress::refused);
  CAF_CHECK_EQUAL(chunked.refusal().status, 413u);
}

CAF_TEST(the head of a request with a body comes first) {
  const auto head = "POST /x HTTP/1.1\r\nHost: y\r\nContent-Length: 2\r\n\r\n"s;
  CAF_CHECK(reader.feed(head.substr(0, 20)) == progress::incomplete);
  CAF_CHECK(reader.feed(head.substr(20) + "a") == progress::has_head);
  CAF_CHECK_EQUAL(reader.head().method, "POST");
  CAF_CHECK_EQUAL(reader.head().field("Host"), "y");
  CAF_CHECK(reader.feed({}) == progress::incomplete);
  CAF_CHECK(reader.held_bytes() > 0);
  CAF_CHECK(reader.feed("b") == progress::complete);
  CAF_CHECK_EQUAL(reader.take_request().body, "ab");
  CAF_CHECK(reader.feed("GET / HTTP/1.1\r\nHost: y\r\n\r\n")
            == progress::complete);
}

CAF_TEST_FIXTURE_SCOPE_END()
