#define CAF_SUITE redis_parser

#include "cluster/redis/redis_parser.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace rookery;

using result = redis_parser::result;
using kind = redis_reply::kind;

namespace {

redis_reply::limits small_limits() {
  redis_reply::limits bounds;
  bounds.elements = 8;
  bounds.depth = 1;
  bounds.bytes = 1000;
  return bounds;
}

/// Feeds all bytes and returns the first reply as text.
result parse(std::string_view bytes) {
  redis_parser parser{small_limits()};
  parser.feed(bytes);
  return parser.next();
}

const std::string message =
  "*3\r\n$7\r\nmessage\r\n$5\r\nlobby\r\n$4\r\na\r\nb\r\n";

} // namespace

CAF_TEST(a message has its type its channel and its payload) {
  redis_parser parser{small_limits()};
  parser.feed(message);
  CAF_REQUIRE(parser.next() == result::reply);
  const auto& reply = parser.current();
  CAF_REQUIRE(reply.is_list_of(3));
  CAF_CHECK_EQUAL(reply.text(1), "message");
  CAF_CHECK_EQUAL(reply.text(2), "lobby");
  CAF_CHECK_EQUAL(reply.text(3), "a\r\nb");
  CAF_CHECK(parser.next() == result::need_more);
}

CAF_TEST(every kind of reply is told apart) {
  redis_parser parser{small_limits()};
  parser.feed("+OK\r\n-ERR no\r\n:-42\r\n$-1\r\n$0\r\n\r\n*0\r\n");
  std::vector<kind> seen;
  std::vector<std::string> texts;
  while (parser.next() == result::reply) {
    seen.push_back(parser.current().type(0));
    texts.emplace_back(parser.current().text(0));
  }
  CAF_CHECK(seen
            == (std::vector<kind>{kind::status, kind::error, kind::integer,
                                  kind::nil, kind::text, kind::array}));
  CAF_CHECK_EQUAL(texts,
                  (std::vector<std::string>{"OK", "ERR no", "", "", "", ""}));
}

CAF_TEST(a reply cut at any place is completed by the rest) {
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    redis_parser parser{small_limits()};
    parser.feed(std::string_view{message}.substr(0, cut));
    if (cut < message.size())
      CAF_CHECK(parser.next() == result::need_more);
    parser.feed(std::string_view{message}.substr(cut));
    CAF_CHECK(parser.next() == result::reply);
    CAF_CHECK_EQUAL(parser.current().text(3), "a\r\nb");
  }
}

CAF_TEST(a reply that comes byte by byte is read) {
  redis_parser parser{small_limits()};
  auto replies = 0;
  for (const auto& c : message + message) {
    parser.feed({&c, 1});
    replies += parser.next() == result::reply;
  }
  CAF_CHECK_EQUAL(replies, 2);
}

CAF_TEST(bytes that are not the protocol are nonsense) {
  for (auto bytes :
       {"HTTP/1.1 400 Bad Request\r\n", "\r\n\r\n", "*x\r\n", "$x\r\n\r\n",
        ":12a\r\n", "*-7\r\n", "$-7\r\n", "\x16\x03\x01", "*3\r\nx"})
    CAF_CHECK(parse(bytes) == result::nonsense);
}

CAF_TEST(types of RESP3 are nonsense alone and inside of arrays) {
  for (const std::string bytes :
       {",1.5\r\n", "#t\r\n", "_\r\n", "(12\r\n", "=5\r\ntxt:a\r\n",
        "%1\r\n+a\r\n:1\r\n", "~1\r\n:1\r\n", ">2\r\n+a\r\n+b\r\n",
        "|1\r\n+a\r\n:1\r\n"}) {
    CAF_CHECK(parse(bytes) == result::nonsense);
    CAF_CHECK(parse("*1\r\n" + bytes) == result::nonsense);
  }
}

CAF_TEST(huge headers are refused before memory is taken) {
  CAF_CHECK(parse("*2147483647\r\n") == result::nonsense);
  CAF_CHECK(parse("*9223372036854775807\r\n") == result::nonsense);
  CAF_CHECK(parse("*9\r\n") == result::nonsense);
  CAF_CHECK(parse("*1\r\n*1\r\n*1\r\n:1\r\n") == result::nonsense);
  CAF_CHECK(parse("*4\r\n*4\r\n") == result::nonsense);
}

CAF_TEST(nested arrays within the limits are read) {
  redis_parser parser{small_limits()};
  parser.feed("*2\r\n*2\r\n:1\r\n:2\r\n:3\r\n");
  CAF_REQUIRE(parser.next() == result::reply);
  CAF_CHECK_EQUAL(parser.current().size(), 5u);
  CAF_CHECK_EQUAL(parser.current().number(4), 3);
  CAF_CHECK(!parser.current().is_list_of(4));
  CAF_CHECK(!parser.current().is_list_of(2));
}

CAF_TEST(a text over the limit is too large whether it arrives or only starts) {
  CAF_CHECK(parse("$1001\r\n" + std::string(1001, 'x') + "\r\n")
            == result::too_large);
  CAF_CHECK(parse("$1000\r\n" + std::string(1000, 'x') + "\r\n")
            == result::reply);
  redis_parser parser{small_limits()};
  parser.feed("$9223372036854775807\r\n");
  CAF_CHECK(parser.next() == result::need_more);
  parser.feed(std::string(8000, 'x'));
  CAF_CHECK(parser.next() == result::too_large);
}

CAF_TEST(texts of one reply count together) {
  const auto text = "$600\r\n" + std::string(600, 'x') + "\r\n";
  CAF_CHECK(parse("*2\r\n" + text + text) == result::too_large);
}

CAF_TEST(an endless line is cut) {
  redis_parser parser{redis_reply::limits{}};
  const std::string chunk(16 * 1024, 'x');
  parser.feed("+");
  auto fed = 0;
  auto last = result::need_more;
  while (last == result::need_more && fed < 100) {
    parser.feed(chunk);
    last = parser.next();
    ++fed;
  }
  CAF_CHECK(last == result::nonsense);
  CAF_CHECK(fed <= 3);
}

CAF_TEST(an endless length is cut) {
  redis_parser parser{redis_reply::limits{}};
  parser.feed("$" + std::string(20'000, '1'));
  CAF_CHECK(parser.next() == result::nonsense);
}

CAF_TEST(the complaint never repeats the input) {
  redis_parser parser{small_limits()};
  parser.feed("secret\r\n");
  CAF_REQUIRE(parser.next() == result::nonsense);
  CAF_CHECK_EQUAL(parser.complaint(), "not the Redis protocol");
  redis_parser of_resp3{small_limits()};
  of_resp3.feed("(123\r\n");
  CAF_REQUIRE(of_resp3.next() == result::nonsense);
  CAF_CHECK_EQUAL(of_resp3.complaint(), "not the Redis protocol");
}
