#define CAF_SUITE centrifuge_decode

#include "tests/actors/support/codec_fixture.hpp"

#include <caf/test/unit_test.hpp>

#include <limits>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

CAF_TEST_FIXTURE_SCOPE(centrifuge_decode_tests, codec_fixture)

CAF_TEST(connect carries all its fields) {
  const auto request = decode_as<connect_request>(
    R"({"id":1,"connect":{"token":"JWT","data":{"a":[1]},"name":"js",)"
    R"("version":"5.7","headers":{"x":"1","y":"2"},"subs":)"
    R"({"news":{"recover":true,"offset":5,"epoch":"e"},"log":{},"no":null}}})");
  CAF_CHECK_EQUAL(command.id, 1u);
  CAF_CHECK_EQUAL(request.token, "JWT"sv);
  CAF_CHECK_EQUAL(request.data, R"({"a":[1]})"sv);
  CAF_CHECK_EQUAL(request.name, "js"sv);
  CAF_CHECK_EQUAL(request.version, "5.7"sv);
  CAF_REQUIRE_EQUAL(request.headers.size(), 2u);
  CAF_CHECK_EQUAL(request.headers[1].first, "y"sv);
  CAF_CHECK_EQUAL(request.headers[1].second, "2"sv);
  CAF_REQUIRE_EQUAL(request.subs.size(), 3u);
  CAF_CHECK_EQUAL(request.subs[0].channel, "news"sv);
  CAF_CHECK(request.subs[0].recover);
  CAF_CHECK_EQUAL(request.subs[0].since.offset, 5u);
  CAF_CHECK_EQUAL(request.subs[0].since.epoch, "e"sv);
  CAF_CHECK_EQUAL(request.subs[1].channel, "log"sv);
  CAF_CHECK(!request.subs[1].recover);
  CAF_CHECK_EQUAL(request.subs[2].channel, "no"sv);
}

CAF_TEST(an empty connect has defaults only) {
  const auto request = decode_as<connect_request>(R"({"connect":{},"id":7})");
  CAF_CHECK_EQUAL(command.id, 7u);
  CAF_CHECK(std::holds_alternative<connect_request>(command.body));
  CAF_CHECK_EQUAL(request.token, ""sv);
  CAF_CHECK_EQUAL(request.data, ""sv);
  CAF_CHECK_EQUAL(request.name, ""sv);
  CAF_CHECK_EQUAL(request.version, ""sv);
  CAF_CHECK(request.subs.empty());
  CAF_CHECK(request.headers.empty());
}

CAF_TEST(a connect does not see the one before) {
  decode_as<connect_request>(
    R"({"id":1,"connect":{"subs":{"a":{}},"headers":{"b":"c"}}})");
  const auto request = decode_as<connect_request>(R"({"id":1,"connect":{}})");
  CAF_CHECK(request.subs.empty());
  CAF_CHECK(request.headers.empty());
}

CAF_TEST(subscribe carries all its fields) {
  const auto request = decode_as<subscribe_request>(
    R"({"id":2,"subscribe":{"channel":"c","token":"t","data":[],)"
    R"("recover":true,"offset":7,"epoch":"e","positioned":true,)"
    R"("recoverable":true,"join_leave":true,"delta":"fossil","flag":1,)"
    R"("type":2,"tf":{"op":"and"}}})");
  CAF_CHECK_EQUAL(request.channel, "c"sv);
  CAF_CHECK_EQUAL(request.token, "t"sv);
  CAF_CHECK_EQUAL(request.data, "[]"sv);
  CAF_CHECK_EQUAL(request.since.offset, 7u);
  CAF_CHECK_EQUAL(request.since.epoch, "e"sv);
  CAF_CHECK_EQUAL(request.delta, "fossil"sv);
  CAF_CHECK_EQUAL(request.flag, 1);
  CAF_CHECK_EQUAL(request.type, 2);
  CAF_CHECK(request.recover && request.positioned && request.recoverable
            && request.join_leave && request.has_tag_filter);
}

CAF_TEST(an empty subscribe has defaults only) {
  const auto request = decode_as<subscribe_request>(
    R"({"id":2,"subscribe":{"tf":null,"epoch":null,"flag":null}})");
  CAF_CHECK(std::holds_alternative<subscribe_request>(command.body));
  CAF_CHECK_EQUAL(request.channel, ""sv);
  CAF_CHECK_EQUAL(request.token, ""sv);
  CAF_CHECK_EQUAL(request.data, ""sv);
  CAF_CHECK_EQUAL(request.since.offset, 0u);
  CAF_CHECK_EQUAL(request.since.epoch, ""sv);
  CAF_CHECK_EQUAL(request.delta, ""sv);
  CAF_CHECK_EQUAL(request.flag, 0);
  CAF_CHECK_EQUAL(request.type, 0);
  CAF_CHECK(!request.recover && !request.positioned && !request.recoverable
            && !request.join_leave && !request.has_tag_filter);
}

CAF_TEST(publish carries channel and data) {
  const auto request = decode_as<publish_request>(
    R"({"id":4,"publish":{"channel":"c","data":{"a":1}}})");
  CAF_CHECK_EQUAL(request.channel, "c"sv);
  CAF_CHECK_EQUAL(request.data, R"({"a":1})"sv);
  CAF_CHECK_EQUAL(decode_as<publish_request>(R"({"id":4,"publish":{}})").data,
                  ""sv);
}

CAF_TEST(requests by channel carry it) {
  CAF_CHECK_EQUAL(
    decode_as<unsubscribe_request>(R"({"id":3,"unsubscribe":{"channel":"u"}})")
      .channel,
    "u"sv);
  CAF_CHECK_EQUAL(
    decode_as<presence_request>(R"({"id":3,"presence":{"channel":"p"}})")
      .channel,
    "p"sv);
  CAF_CHECK_EQUAL(decode_as<presence_stats_request>(
                    R"({"id":3,"presence_stats":{"channel":"s"}})")
                    .channel,
                  "s"sv);
}

CAF_TEST(history has an optional position) {
  auto request = decode_as<client_history_request>(
    R"({"id":5,"history":{"channel":"c","limit":-1,)"
    R"("since":{"offset":2,"epoch":"e","x":[]},"reverse":true}})");
  CAF_CHECK_EQUAL(request.channel, "c"sv);
  CAF_CHECK_EQUAL(request.limit, -1);
  CAF_REQUIRE(request.since.has_value());
  CAF_CHECK_EQUAL(request.since->offset, 2u);
  CAF_CHECK_EQUAL(request.since->epoch, "e"sv);
  CAF_CHECK(request.reverse);
  request =
    decode_as<client_history_request>(R"({"id":5,"history":{"since":null}})");
  CAF_CHECK(std::holds_alternative<client_history_request>(command.body));
  CAF_CHECK(!request.since.has_value());
  CAF_CHECK_EQUAL(request.limit, 0);
  CAF_CHECK(!request.reverse);
  request =
    decode_as<client_history_request>(R"({"id":5,"history":{"since":{}}})");
  CAF_REQUIRE(request.since.has_value());
  CAF_CHECK_EQUAL(request.since->offset, 0u);
}

CAF_TEST(tokens are refreshed) {
  CAF_CHECK_EQUAL(
    decode_as<refresh_request>(R"({"id":6,"refresh":{"token":"t"}})").token,
    "t"sv);
  const auto request = decode_as<sub_refresh_request>(
    R"({"id":6,"sub_refresh":{"channel":"c","token":"t"}})");
  CAF_CHECK_EQUAL(request.channel, "c"sv);
  CAF_CHECK_EQUAL(request.token, "t"sv);
}

CAF_TEST(rpc carries method and data) {
  const auto request =
    decode_as<rpc_request>(R"({"id":8,"rpc":{"method":"m","data":"text"}})");
  CAF_CHECK_EQUAL(request.method, "m"sv);
  CAF_CHECK_EQUAL(request.data, R"("text")"sv);
}

CAF_TEST(send needs no id) {
  CAF_CHECK_EQUAL(decode_as<send_request>(R"({"send":{"data":1.5e3}})").data,
                  "1.5e3"sv);
  CAF_CHECK_EQUAL(
    decode_as<send_request>(R"({"id":3,"send":{"data":true}})").data, "true"sv);
}

CAF_TEST(ping is a command and the empty command is a pong) {
  CAF_CHECK(decode(R"({"id":9,"ping":{}})") == decoded::command);
  CAF_CHECK(std::holds_alternative<ping_request>(command.body));
  for (const auto frame : {"{}", R"({"id":0})", R"({"id":null})",
                           R"({"future":{"a":1}})", R"({"connect":null})"}) {
    CAF_CHECK(decode(frame) == decoded::command);
    CAF_CHECK(std::holds_alternative<pong>(command.body));
    CAF_CHECK_EQUAL(command.id, 0u);
  }
}

CAF_TEST(the first method that is not null counts) {
  decode(R"({"id":1,"connect":null,"publish":{"channel":"p"},)"
         R"("subscribe":{"channel":"s"},"publish":{"channel":"q"}})");
  const auto* request = std::get_if<publish_request>(&command.body);
  CAF_REQUIRE(request != nullptr);
  CAF_CHECK_EQUAL(request->channel, "p"sv);
}

CAF_TEST(the last of other fields with one name counts) {
  const auto request = decode_as<publish_request>(
    R"({"id":1,"id":2,"publish":{"channel":"a","channel":"b"}})");
  CAF_CHECK_EQUAL(command.id, 2u);
  CAF_CHECK_EQUAL(request.channel, "b"sv);
}

CAF_TEST(white space and unknown fields are ignored) {
  const auto request = decode_as<publish_request>(
    " { \"x\" : [ { } , null ] , \"id\" :\t4 , \"publish\" : "
    "{ \"y\" : -0.5E-1 , \"data\" : [ 1 , 2 ] , \"channel\" : \"c\" } }\r");
  CAF_CHECK_EQUAL(command.id, 4u);
  CAF_CHECK_EQUAL(request.channel, "c"sv);
  CAF_CHECK_EQUAL(request.data, "[ 1 , 2 ]"sv);
}

CAF_TEST(texts are unescaped) {
  const auto channel_of = [&](std::string_view text) {
    const auto frame =
      R"({"id":1,"publish":{"channel":")" + std::string{text} + R"("}})";
    return std::string{decode_as<publish_request>(frame).channel};
  };
  CAF_CHECK_EQUAL(channel_of(R"(a\"b\\c\/d)"), R"(a"b\c/d)");
  CAF_CHECK_EQUAL(channel_of(R"(\b\f\n\r\t)"), "\b\f\n\r\t");
  CAF_CHECK_EQUAL(channel_of(R"(\u0041\u00e9\u20AC)"), "A\xc3\xa9\xe2\x82\xac");
  CAF_CHECK_EQUAL(channel_of(R"(\ud83d\ude00)"), "\xf0\x9f\x98\x80");
  CAF_CHECK_EQUAL(channel_of("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80");
  CAF_CHECK_EQUAL(channel_of(R"(a\u0000b)"), "a\0b"s);
}

CAF_TEST(names of fields and map keys are unescaped) {
  const auto request = decode_as<connect_request>(
    R"({"\u0069d":3,"connect":{"subs":{"a\"\u0062":{}}}})");
  CAF_CHECK_EQUAL(command.id, 3u);
  CAF_REQUIRE_EQUAL(request.subs.size(), 1u);
  CAF_CHECK_EQUAL(request.subs[0].channel, "a\"b"sv);
}

CAF_TEST(numbers reach their bounds) {
  auto request = decode_as<subscribe_request>(
    R"({"id":4294967295,"subscribe":{"offset":18446744073709551615,)"
    R"("flag":9223372036854775807,"type":2147483647}})");
  CAF_CHECK_EQUAL(command.id, std::numeric_limits<std::uint32_t>::max());
  CAF_CHECK_EQUAL(request.since.offset,
                  std::numeric_limits<std::uint64_t>::max());
  CAF_CHECK_EQUAL(request.flag, std::numeric_limits<std::int64_t>::max());
  CAF_CHECK_EQUAL(request.type, std::numeric_limits<std::int32_t>::max());
  request = decode_as<subscribe_request>(
    R"({"id":1,"subscribe":{"flag":-9223372036854775808,)"
    R"("type":-2147483648}})");
  CAF_CHECK_EQUAL(request.flag, std::numeric_limits<std::int64_t>::min());
  CAF_CHECK_EQUAL(request.type, std::numeric_limits<std::int32_t>::min());
}

CAF_TEST(payloads are kept byte for byte) {
  std::string large = "[";
  for (auto i = 0; i < 3000; ++i)
    large += R"({"k\u0020)" + std::to_string(i)
             + R"(": [ 1.50, -0, 1E+2, "\"]},{" ], "n":{}},)";
  large += "null]";
  for (const auto& data :
       {"null"s, "\"\\ud800 alone\""s, "123456789012345678901234567890"s,
        "1e999"s, "{\t\"a\" :{} }"s, "\"\xf0\x9f\x98\x80\""s, large}) {
    const auto frame =
      R"({"id":1,"publish":{"data": )" + data + R"( ,"channel":"c"}})";
    const auto request = decode_as<publish_request>(frame);
    CAF_CHECK(request.data == data);
    CAF_CHECK_EQUAL(request.channel, "c"sv);
  }
}

CAF_TEST(encoding leaves decoded commands unchanged) {
  const auto request = decode_as<publish_request>(
    R"({"id":1,"publish":{"channel":"a\u0062","data":[1]}})");
  encode(centrifuge_push{"other", centrifuge_publication{"[2,3]"}});
  CAF_CHECK_EQUAL(request.channel, "ab"sv);
  CAF_CHECK_EQUAL(request.data, "[1]"sv);
}

CAF_TEST_FIXTURE_SCOPE_END()
