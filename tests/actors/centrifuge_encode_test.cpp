#define CAF_SUITE centrifuge_encode

#include "tests/actors/support/codec_fixture.hpp"

#include <caf/test/unit_test.hpp>

#include <array>
#include <limits>
#include <nlohmann/json.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;
using nlohmann::json;

namespace {

constexpr auto max32 = std::numeric_limits<std::uint32_t>::max();
constexpr auto max64 = std::numeric_limits<std::uint64_t>::max();

constexpr client_info ann{"u", "c1", R"({"n":1})", "[2]"};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_encode_tests, codec_fixture)

CAF_TEST(errors tell code and message) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{3, error_of(centrifuge_fault::permission_denied)}),
    R"({"id":3,"error":{"code":103,"message":"permission denied"}})");
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{max32, error_of(centrifuge_fault::internal)}),
    R"({"id":4294967295,"error":{"code":100,)"
    R"("message":"internal server error","temporary":true}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{1, client_error{400, "no \"x\""}}),
                  R"({"id":1,"error":{"code":400,"message":"no \"x\""}})");
}

CAF_TEST(empty results keep their key) {
  CAF_CHECK_EQUAL(encode(centrifuge_reply{2, connect_result{}}),
                  R"({"id":2,"connect":{}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{2, subscribe_result{}}),
                  R"({"id":2,"subscribe":{}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{3, unsubscribe_result{}}),
                  R"({"id":3,"unsubscribe":{}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{5, publish_result{}}),
                  R"({"id":5,"publish":{}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{5, presence_result{}}),
                  R"({"id":5,"presence":{"presence":{}}})");
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{5, presence_stats_result{}}),
    R"({"id":5,"presence_stats":{"num_clients":0,"num_users":0}})");
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{5, history_result{}}),
    R"({"id":5,"history":{"publications":[],"epoch":"","offset":0}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{5, refresh_result{}}),
                  R"({"id":5,"refresh":{}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{5, sub_refresh_result{}}),
                  R"({"id":5,"sub_refresh":{}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{5, rpc_result{}}),
                  R"({"id":5,"rpc":{}})");
}

CAF_TEST(connect results have the bytes of the specification) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{1, connect_result{.client = "<uuid>",
                                              .version = "x",
                                              .ttl = 59,
                                              .ping = 25,
                                              .expires = true,
                                              .pong = true}}),
    R"({"id":1,"connect":{"client":"<uuid>","version":"x","expires":true,)"
    R"("ttl":59,"ping":25,"pong":true}})");
}

CAF_TEST(connect results carry data and subscriptions) {
  const std::array publications{
    centrifuge_publication{"1"},
    centrifuge_publication{.data = "2", .offset = 9}};
  const std::array subs{server_subscription{"news",
                                            {.offset = 7,
                                             .epoch = "e",
                                             .publications = publications,
                                             .recoverable = true,
                                             .recovered = true}},
                        server_subscription{"a\"b", {}}};
  const auto message = json::parse(encode(
    centrifuge_reply{1, connect_result{.data = "{\"x\":null}", .subs = subs}}));
  CAF_CHECK(message == json::parse(R"({"id":1,"connect":{"data":{"x":null},
    "subs":{"news":{"recoverable":true,"epoch":"e","offset":7,
      "publications":[{"data":1},{"data":2,"offset":9}],"recovered":true},
      "a\"b":{}}}})"));
}

CAF_TEST(subscribe results have the bytes of the specification) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{2, subscribe_result{.epoch = "WlTI",
                                                .recoverable = true,
                                                .positioned = true}}),
    R"({"id":2,"subscribe":{"recoverable":true,"epoch":"WlTI",)"
    R"("positioned":true}})");
}

CAF_TEST(subscribe results carry all their fields) {
  const std::array publications{
    centrifuge_publication{.data = "[]", .info = ann, .offset = max64}};
  const subscribe_result result{.offset = 4,
                                .epoch = "e",
                                .data = "\"d\"",
                                .publications = publications,
                                .ttl = max32,
                                .expires = true,
                                .recoverable = true,
                                .positioned = true,
                                .recovered = true,
                                .was_recovering = true};
  CAF_CHECK(json::parse(encode(centrifuge_reply{2, result}))
            == json::parse(R"({"id":2,"subscribe":{"expires":true,
    "ttl":4294967295,"recoverable":true,"positioned":true,"recovered":true,
    "was_recovering":true,"epoch":"e","offset":4,"data":"d","publications":[
      {"data":[],"offset":18446744073709551615,"info":{"user":"u",
       "client":"c1","conn_info":{"n":1},"chan_info":[2]}}]}})"));
}

CAF_TEST(presence lists clients by their id) {
  const std::array clients{client_info{"u", "c1"}, client_info{"", "c2"}};
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{6, presence_result{clients}}),
    R"({"id":6,"presence":{"presence":{)"
    R"("c1":{"user":"u","client":"c1"},"c2":{"user":"","client":"c2"}}}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{6, presence_stats_result{2, 1}}),
                  R"({"id":6,"presence_stats":{"num_clients":2,)"
                  R"("num_users":1}})");
}

CAF_TEST(history carries publications and position) {
  const std::array publications{
    centrifuge_publication{.data = "{\"a\":1}", .offset = 4},
    centrifuge_publication{.data = "true", .offset = 5}};
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{7, history_result{publications, "e", 5}}),
    R"({"id":7,"history":{"publications":[)"
    R"({"data":{"a":1},"offset":4},{"data":true,"offset":5}],)"
    R"("epoch":"e","offset":5}})");
}

CAF_TEST(refreshes tell the new lifetime) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_reply{8, refresh_result{"c", "v", 500, true}}),
    R"({"id":8,"refresh":{"client":"c","version":"v",)"
    R"("expires":true,"ttl":500}})");
  CAF_CHECK_EQUAL(encode(centrifuge_reply{8, sub_refresh_result{9, true}}),
                  R"({"id":8,"sub_refresh":{"expires":true,"ttl":9}})");
}

CAF_TEST(rpc results carry data) {
  CAF_CHECK_EQUAL(encode(centrifuge_reply{9, rpc_result{"null"}}),
                  R"({"id":9,"rpc":{"data":null}})");
}

CAF_TEST(publications have the bytes of the specification) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_push{
      "c",
      centrifuge_publication{.data = R"({"a":1})", .info = ann, .offset = 1}}),
    R"({"push":{"channel":"c","pub":{"data":{"a":1},"info":{"user":"u",)"
    R"("client":"c1","conn_info":{"n":1},"chan_info":[2]},"offset":1}}})");
}

CAF_TEST(publications carry tags) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_push{
      "c",
      centrifuge_publication{.data = "1", .tags = R"({"k\n":"v","l":""})"}}),
    R"({"push":{"channel":"c","pub":{"data":1,"tags":{"k\n":"v","l":""}}}})");
}

CAF_TEST(publications always have data) {
  CAF_CHECK_EQUAL(encode(centrifuge_push{"c", centrifuge_publication{}}),
                  R"({"push":{"channel":"c","pub":{"data":""}}})");
}

CAF_TEST(joins and leaves name the client) {
  const client_info who{"u", "c1"};
  CAF_CHECK_EQUAL(encode(centrifuge_push{"c", join_push{who}}),
                  R"({"push":{"channel":"c","join":{"info":{"user":"u",)"
                  R"("client":"c1"}}}})");
  CAF_CHECK_EQUAL(encode(centrifuge_push{"c", leave_push{who}}),
                  R"({"push":{"channel":"c","leave":{"info":{"user":"u",)"
                  R"("client":"c1"}}}})");
}

CAF_TEST(other pushes have the bytes of the specification) {
  CAF_CHECK_EQUAL(
    encode(centrifuge_push{
      "c", unsubscribe_push{centrifuge_unsubscribe::server_unsubscribe}}),
    R"({"push":{"channel":"c","unsubscribe":{"code":2000,)"
    R"("reason":"server unsubscribe"}}})");
  CAF_CHECK_EQUAL(
    encode(centrifuge_push{
      "c", subscribe_push{.offset = 1, .epoch = "e", .recoverable = true}}),
    R"({"push":{"channel":"c","subscribe":{"recoverable":true,)"
    R"("epoch":"e","offset":1}}})");
  CAF_CHECK_EQUAL(
    encode(
      centrifuge_push{"c", subscribe_push{.data = "0", .positioned = true}}),
    R"({"push":{"channel":"c","subscribe":{"positioned":true,"data":0}}})");
}

CAF_TEST(messages of a frame are joined by one line feed) {
  std::string frame;
  codec->encode_ping(frame);
  CAF_CHECK_EQUAL(frame, "{}");
  codec->encode(centrifuge_reply{1, publish_result{}}, frame);
  codec->encode(centrifuge_push{"c", centrifuge_publication{"1"}}, frame);
  CAF_CHECK_EQUAL(frame, "{}\n{\"id\":1,\"publish\":{}}\n"
                         R"({"push":{"channel":"c","pub":{"data":1}}})");
  CAF_CHECK(codec->kind() == payload_kind::text);
}

CAF_TEST(a message is one line whatever it carries) {
  const client_info info{"\n", "\n", "[\n]", "\n"};
  const centrifuge_publication publication{"{\n\"a\\n\":\r\n1\n}", info, 1,
                                           "{\n\"\\n\":\"\\n\"}"};
  const auto frame = encode(centrifuge_push{"\n", publication});
  CAF_CHECK_EQUAL(frame.find('\n'), frame.npos);
  CAF_CHECK(json::parse(frame) == json::parse(R"({"push":{"channel":"\n","pub":
    {"data":{"a\n":1},"info":{"user":"\n","client":"\n","conn_info":[],
     "chan_info":"\n"},"offset":1,"tags":{"\n":"\n"}}}})"));
}

CAF_TEST(published bytes arrive unchanged) {
  const auto data = R"({ "b" : [1.50, "\u00e9\ud800", -0], "a" : {} })"s;
  const auto request = decode_as<publish_request>(
    R"({"id":1,"publish":{"channel":"c","data":)" + data + "}}");
  CAF_CHECK_EQUAL(encode(centrifuge_push{request.channel,
                                         centrifuge_publication{request.data}}),
                  R"({"push":{"channel":"c","pub":{"data":)" + data + "}}}");
}

CAF_TEST_FIXTURE_SCOPE_END()
