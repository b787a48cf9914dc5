#define CAF_SUITE hook_answer

#include "cluster/hooks/hook_answer.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

/// Returns the answer that was read; nullopt if it was bad.
template <class Grant>
std::optional<hook_answer<Grant>> good(hook_reading<Grant> reading) {
  auto* answer = std::get_if<hook_answer<Grant>>(&reading);
  return answer ? std::optional(std::move(*answer)) : std::nullopt;
}

template <class Grant>
Grant granted(hook_reading<Grant> reading) {
  auto answer = good(std::move(reading));
  CAF_REQUIRE(answer);
  CAF_REQUIRE(std::holds_alternative<Grant>(*answer));
  return std::get<Grant>(std::move(*answer));
}

/// Returns the cause for which an answer is bad; empty if it is good.
template <class Grant>
std::string cause(const hook_reading<Grant>& reading) {
  const auto* bad = std::get_if<bad_hook_answer>(&reading);
  return bad ? bad->cause : std::string{};
}

std::optional<hook_error> error_in(std::string_view error) {
  const auto answer =
    good(read_rpc_answer(R"({"error":)" + std::string{error} + "}"));
  if (!answer)
    return std::nullopt;
  CAF_REQUIRE(std::holds_alternative<hook_error>(*answer));
  return std::get<hook_error>(*answer);
}

std::optional<dictated_close> close_in(std::string_view close) {
  const auto answer =
    good(read_connect_answer(R"({"disconnect":)" + std::string{close} + "}"));
  if (!answer)
    return std::nullopt;
  CAF_REQUIRE(std::holds_alternative<dictated_close>(*answer));
  return std::get<dictated_close>(*answer);
}

const dictated_close not_json{3506, "inappropriate protocol"};

} // namespace

CAF_TEST(a client is let in with all that goes with it) {
  const auto grant = granted(read_connect_answer(
    R"({"result":{"user":"ann","expire_at":2000000000,"info":{"i": 1},
      "data":[ 1 ],"channels":["a"],"subs":{"b":{"b64info":"MQ==","data":2,
      "override":{"presence":{"value":true}}}},"meta":{"m":3},"new":{}}})"));
  CAF_CHECK(grant.is_known);
  const auto& claims = grant.claims;
  CAF_CHECK_EQUAL(claims.user, "ann");
  CAF_CHECK(claims.expires_at == std::chrono::sys_seconds{2'000'000'000s});
  CAF_CHECK_EQUAL(claims.info.bytes, R"({"i": 1})");
  CAF_CHECK_EQUAL(claims.channels, std::vector<std::string>{"a"});
  CAF_CHECK_EQUAL(claims.meta, R"({"m":3})");
  CAF_CHECK_EQUAL(grant.data, "[ 1 ]");
  const auto& sub = claims.subs.at("b");
  CAF_CHECK_EQUAL(sub.info.bytes, "1");
  CAF_CHECK_EQUAL(sub.data.bytes, "2");
  CAF_CHECK(sub.overrides.presence == true);
}

CAF_TEST(an anonymous client is let in for ever) {
  const auto grant =
    granted(read_connect_answer(R"({"result":{"user":"","expire_at":0}})"));
  CAF_CHECK(grant.is_known);
  CAF_CHECK(!grant.claims.expires_at);
  CAF_CHECK(granted(read_connect_answer(R"({"result":{}})")).is_known);
}

CAF_TEST(a backend may not know a client) {
  CAF_CHECK(!granted(read_connect_answer("{}")).is_known);
  CAF_CHECK(!granted(read_connect_answer(R"({"result":null})")).is_known);
}

CAF_TEST(all other questions need an answer) {
  for (const auto* text : {"{}", R"({"result":null})", R"({"error":null})"}) {
    CAF_CHECK(!good(read_refresh_answer(text)));
    CAF_CHECK(!good(read_subscribe_answer(text)));
    CAF_CHECK(!good(read_publish_answer(text)));
    CAF_CHECK(!good(read_rpc_answer(text)));
  }
}

CAF_TEST(the results of the other questions are read) {
  const auto refresh = granted(read_refresh_answer(
    R"({"result":{"expired":true,"expire_at":5,"info":1}})"));
  CAF_CHECK(refresh.has_expired);
  CAF_CHECK(refresh.expires_at == std::chrono::sys_seconds{5s});
  CAF_CHECK_EQUAL(refresh.info, "1");
  const auto subscribe = granted(read_subscribe_answer(
    R"({"result":{"info":1,"b64data":"W10=","expire_at":5,
      "override":{"join_leave":{"value":false}}}})"));
  CAF_CHECK_EQUAL(subscribe.info, "1");
  CAF_CHECK_EQUAL(subscribe.data, "[]");
  CAF_CHECK(subscribe.expires_at == std::chrono::sys_seconds{5s});
  CAF_CHECK(subscribe.overrides.join_leave == false);
  const auto publish = granted(
    read_publish_answer(R"({"result":{"data":{},"skip_history":true}})"));
  CAF_CHECK(publish.skips_history);
  CAF_CHECK(publish.data == (claim_data{"{}", true}));
  CAF_CHECK(!granted(read_publish_answer(R"({"result":{}})")).data);
  CAF_CHECK_EQUAL(granted(read_rpc_answer(R"({"result":{"data":"x"}})")).data,
                  R"("x")");
}

CAF_TEST(bytes that are no JSON go only where they can) {
  const auto* text = R"({"result":{"b64data":"/w=="}})";
  CAF_CHECK(granted(read_publish_answer(text)).data
            == (claim_data{"\xff", false}));
  CAF_CHECK(std::get<dictated_close>(good(read_rpc_answer(text)).value())
            == not_json);
  CAF_CHECK(std::get<dictated_close>(good(read_connect_answer(text)).value())
            == not_json);
  CAF_CHECK(std::get<dictated_close>(good(read_subscribe_answer(text)).value())
            == not_json);
}

CAF_TEST(errors are standard ones or those of the application) {
  CAF_CHECK(error_in(R"({"code":1999,"message":"m","temporary":true})")
            == (hook_error{1999, "m", true}));
  CAF_CHECK(error_in(R"({"code":103})")
            == (hook_error{103, "permission denied", false}));
  CAF_CHECK(error_in(R"({"code":100,"message":"mine","temporary":false})")
            == (hook_error{100, "mine", false}));
  CAF_CHECK(error_in(R"({"code":111})")
            == (hook_error{111, "too many requests", true}));
  for (const auto* wrong :
       {"{}", R"({"code":0})", R"({"code":400})",
        R"({"code":99,"message":"m"})", R"({"code":114,"message":"m"})",
        R"({"code":2000,"message":"m"})", R"({"code":"400","message":"m"})",
        R"({"code":400,"message":1})",
        R"({"code":400,"message":"m","temporary":1})", "[]", "7"})
    if (error_in(wrong))
      CAF_ERROR("passes: " << wrong);
  CAF_CHECK(
    !error_in(R"({"code":400,"message":")" + std::string(1025, 'x') + R"("})"));
}

CAF_TEST(closes have a code and a short reason) {
  CAF_CHECK(close_in(R"({"code":4999,"reason":"r"})")
            == (dictated_close{4999, "r"}));
  CAF_CHECK(close_in(R"({"code":3000})") == (dictated_close{3000, ""}));
  for (const auto* wrong : {"{}", R"({"code":2999})", R"({"code":5000})",
                            R"({"code":69536})", R"({"code":4000,"reason":1})"})
    if (close_in(wrong))
      CAF_ERROR("passes: " << wrong);
  CAF_CHECK(
    !close_in(R"({"code":4000,"reason":")" + std::string(124, 'x') + R"("})"));
}

CAF_TEST(a close weighs more than an error and that more than a result) {
  CAF_CHECK(std::holds_alternative<dictated_close>(
    good(read_rpc_answer(
           R"({"result":{},"error":{"code":100},"disconnect":{"code":4000}})"))
      .value()));
  CAF_CHECK(std::holds_alternative<hook_error>(
    good(read_rpc_answer(R"({"result":{},"error":{"code":100}})")).value()));
}

CAF_TEST(malformed text is no answer) {
  for (const auto* text :
       {"", "null", "[]", "{", R"({"result":1})", R"({"result":[]})",
        R"({"result":{"b64data":"?"}})", R"({"result":{"data":tru}})",
        R"({"result":{"data":1}} x)", R"({"result":{"data":1,"data":2}})",
        "{\"result\":{\"data\":\"\xff\"}}"})
    if (good(read_rpc_answer(text)))
      CAF_ERROR("passes: " << text);
  for (const auto* text :
       {R"({"result":{"user":1}})", R"({"result":{"expire_at":"1"}})",
        R"({"result":{"channels":{}}})", R"({"result":{"channels":[""]}})",
        R"({"result":{"subs":[]}})"})
    if (good(read_connect_answer(text)))
      CAF_ERROR("passes: " << text);
  CAF_CHECK(!good(read_refresh_answer(R"({"result":{"expired":1}})")));
  CAF_CHECK(!good(read_publish_answer(R"({"result":{"skip_history":"no"}})")));
  CAF_CHECK(!good(read_subscribe_answer(R"({"result":{"override":[]}})")));
}

CAF_TEST(a bad answer names its part) {
  CAF_CHECK_EQUAL(cause(read_rpc_answer("[]")), "not a JSON object");
  CAF_CHECK_EQUAL(cause(read_rpc_answer("{}")),
                  "no result, error or disconnect");
  CAF_CHECK_EQUAL(cause(read_connect_answer(R"({"result":{"user":1}})")),
                  "result: user is not a string");
  CAF_CHECK_EQUAL(cause(read_rpc_answer(R"({"error":{"code":7}})")),
                  "error: code or text out of range");
  CAF_CHECK_EQUAL(cause(read_rpc_answer(R"({"disconnect":1})")),
                  "disconnect: not an object");
}

CAF_TEST(fields that are not supported are not ignored) {
  for (const auto* field :
       {R"("tags":{"a":"b"})", R"("idempotency_key":"k")", R"("version":7)"})
    CAF_CHECK(
      cause(read_publish_answer(R"({"result":{)" + std::string{field} + "}}"))
        .ends_with(" is not supported"));
  CAF_CHECK_EQUAL(cause(read_publish_answer(
                    R"({"result":{"tags":{},"version":0,"delta":false}})")),
                  "");
}

CAF_TEST(an info that does not fit into a publication is refused by name) {
  const auto info = [](std::size_t size) {
    return R"("info":")" + std::string(size - 2, 'x') + '"';
  };
  const auto result = [](std::string what) {
    return R"({"result":{)" + what + "}}";
  };
  CAF_CHECK(good(read_connect_answer(result(info(0xffff)))));
  const auto large = result(info(0x10000));
  const auto why = std::string{"result: info is larger than 64 KiB"};
  CAF_CHECK_EQUAL(cause(read_connect_answer(large)), why);
  CAF_CHECK_EQUAL(cause(read_refresh_answer(large)), why);
  CAF_CHECK_EQUAL(cause(read_subscribe_answer(large)), why);
  CAF_CHECK(!good(
    read_connect_answer(result(R"("subs":{"c":{)" + info(0x10000) + "}}"))));
  CAF_CHECK_EQUAL(cause(read_connect_answer(
                    result(R"("user":")" + std::string(16'385, 'x') + '"'))),
                  "result: user is larger than 16 KiB");
}
