#define CAF_SUITE centrifuge_frame

#include "tests/actors/support/codec_fixture.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

namespace {

using list = std::vector<std::string>;

std::string repeat(std::string_view text, std::size_t count) {
  std::string result;
  while (count-- > 0)
    result += text;
  return result;
}

std::string publish(std::string_view data) {
  return R"({"id":1,"publish":{"channel":"c","data":)" + std::string{data}
         + "}}";
}

std::string with_field(std::string_view field) {
  return R"({"id":1,"subscribe":{)" + std::string{field} + "}}";
}

std::string connect_with(std::string_view map, std::string_view entry,
                         std::size_t count) {
  auto result = R"({"id":1,"connect":{")" + std::string{map} + "\":{";
  for (std::size_t i = 0; i < count; ++i)
    result +=
      (i ? ",\"" : "\"") + std::to_string(i) + "\":" + std::string{entry};
  return result + "}}}";
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_frame_tests, codec_fixture)

CAF_TEST(commands come in the order of the frame) {
  const auto connect = R"({"id":1,"connect":{}})"s;
  const auto subscribe = R"({"id":2,"subscribe":{"channel":"c"}})"s;
  CAF_CHECK_EQUAL(ids(connect), (list{"1", "end"}));
  CAF_CHECK_EQUAL(ids(connect + '\n' + subscribe), (list{"1", "2", "end"}));
  CAF_CHECK_EQUAL(ids(connect + '\n' + subscribe + "\n{}"),
                  (list{"1", "2", "0", "end"}));
}

CAF_TEST(one line feed may end a frame) {
  CAF_CHECK_EQUAL(ids("{}\n"), (list{"0", "end"}));
  CAF_CHECK_EQUAL(ids("{}\n\n"), (list{"0", "malformed"}));
  CAF_CHECK_EQUAL(ids("\n{}"), (list{"malformed"}));
  CAF_CHECK_EQUAL(ids("{}\n\n{}"), (list{"0", "malformed"}));
}

CAF_TEST(an empty frame is malformed) {
  for (const auto frame : {"", "\n", " ", "\r\n"})
    CAF_CHECK_EQUAL(ids(frame), list{"malformed"});
}

CAF_TEST(commands before a malformed one count) {
  CAF_CHECK_EQUAL(ids("{\"id\":1,\"ping\":{}}\nnonsense\n{}"),
                  (list{"1", "malformed"}));
}

CAF_TEST(the last verdict of a frame stays) {
  codec->begin("{}");
  CAF_CHECK(codec->next(command) == decoded::command);
  for (auto i = 0; i < 3; ++i)
    CAF_CHECK(codec->next(command) == decoded::end);
  codec->begin("x\n{}");
  for (auto i = 0; i < 3; ++i)
    CAF_CHECK(codec->next(command) == decoded::malformed);
  CAF_CHECK(decode("{}") == decoded::command);
}

CAF_TEST(before the first frame there is nothing to decode) {
  CAF_CHECK(codec->next(command) == decoded::end);
}

CAF_TEST(a frame can be abandoned) {
  decode(R"({"id":1,"ping":{}})"
         "\nx");
  CAF_CHECK_EQUAL(ids(R"({"id":2,"ping":{}})"), (list{"2", "end"}));
}

CAF_TEST(the number of commands is bounded) {
  auto found = ids(repeat("{}\n", max_commands_per_frame));
  CAF_CHECK_EQUAL(found.size(), max_commands_per_frame + 1);
  CAF_CHECK_EQUAL(found.back(), "end");
  found = ids(repeat("{}\n", max_commands_per_frame + 1));
  CAF_CHECK_EQUAL(found.size(), max_commands_per_frame + 1);
  CAF_CHECK_EQUAL(found.back(), "malformed");
}

CAF_TEST(a codec may be made for larger frames) {
  codec = make_centrifuge_json_codec(max_commands_per_frame + 1);
  const auto found = ids(repeat("{}\n", max_commands_per_frame + 1));
  CAF_CHECK_EQUAL(found.size(), max_commands_per_frame + 2);
  CAF_CHECK_EQUAL(found.back(), "end");
}

CAF_TEST(the size of maps is bounded) {
  for (const auto& [map, entry] :
       {std::pair{"subs"sv, "{}"sv}, std::pair{"headers"sv, "\"v\""sv}}) {
    CAF_CHECK(!is_malformed(connect_with(map, entry, max_map_entries)));
    CAF_CHECK(is_malformed(connect_with(map, entry, max_map_entries + 1)));
  }
}

CAF_TEST(nesting is bounded) {
  const auto nested = [](std::size_t depth) {
    return repeat("[", depth) + repeat("]", depth);
  };
  CAF_CHECK(!is_malformed(publish(nested(128))));
  CAF_CHECK(is_malformed(publish(nested(129))));
  CAF_CHECK(is_malformed(publish(repeat("[", 100'000))));
  CAF_CHECK(is_malformed(R"({"unknown":)" + nested(100'000) + "}"));
  CAF_CHECK(
    is_malformed(publish(repeat("{\"a\":", 129) + '1' + repeat("}", 129))));
}

CAF_TEST(a command needs an id and a method) {
  CAF_CHECK(is_malformed(R"({"id":1})"));
  CAF_CHECK(is_malformed(R"({"id":1,"unknown":{}})"));
  CAF_CHECK(is_malformed(R"({"id":1,"connect":null})"));
  for (const auto method :
       {"connect", "subscribe", "unsubscribe", "publish", "presence",
        "presence_stats", "history", "refresh", "sub_refresh", "rpc", "ping"}) {
    const auto body = "\""s + method + "\":{}}";
    CAF_CHECK(is_malformed("{" + body));
    CAF_CHECK(is_malformed("{\"id\":0," + body));
    CAF_CHECK(!is_malformed("{\"id\":1," + body));
  }
}

CAF_TEST(an id is a number of 32 bits) {
  for (const auto id : {"4294967296", "-1", "1.0", "1e2", "01", "\"1\"", "true",
                        "{}", "[1]", "18446744073709551616", "0x1", "+1", ""})
    CAF_CHECK(is_malformed("{\"id\":"s + id + ",\"ping\":{}}"));
}

CAF_TEST(a method is an object) {
  for (const auto body : {"[]", "1", "\"x\"", "true", "[{}]", "nul", ""})
    CAF_CHECK(is_malformed("{\"id\":1,\"publish\":"s + body + "}"));
}

CAF_TEST(fields have their types) {
  for (const auto field :
       {R"("channel":1)", R"("channel":{})", R"("channel":true)",
        R"("recover":1)", R"("recover":"true")", R"("offset":-1)",
        R"("offset":18446744073709551616)", R"("offset":"1")",
        R"("offset":1.5)", R"("epoch":[])", R"("flag":9223372036854775808)",
        R"("flag":-9223372036854775809)", R"("type":2147483648)",
        R"("type":-2147483649)", R"("tf":{"a":})", R"("tf":nul)"})
    CAF_CHECK(is_malformed(with_field(field)));
  CAF_CHECK(is_malformed(R"({"id":1,"history":{"since":[]}})"));
  CAF_CHECK(is_malformed(R"({"id":1,"history":{"limit":2147483648}})"));
  CAF_CHECK(is_malformed(R"({"id":1,"connect":{"subs":[]}})"));
  CAF_CHECK(is_malformed(R"({"id":1,"connect":{"subs":{"c":1}}})"));
  CAF_CHECK(is_malformed(R"({"id":1,"connect":{"headers":{"h":1}}})"));
}

CAF_TEST(a frame holds nothing but objects) {
  for (const auto frame :
       {"[]", "1", "\"x\"", "null", "true", "{}{}", "{} {}", "{},", "{}]",
        "[{}]", "{", "}", "{}}", "\xef\xbb\xbf{}"})
    CAF_CHECK(is_malformed(frame));
}

CAF_TEST(broken JSON is malformed wherever it stands) {
  for (const auto data : {"[1,]",
                          "[,1]",
                          "[1 2]",
                          "[1}",
                          "{]",
                          "{\"a\"}",
                          "{\"a\":}",
                          "{\"a\":1,}",
                          "{\"a\" 1}",
                          "{a:1}",
                          "{1:1}",
                          "{\"a\":\"b\":1}",
                          "{\"a\":1:2}",
                          "tru",
                          "truex",
                          "True",
                          "nullx",
                          "nul",
                          "01",
                          "1.",
                          ".5",
                          "-",
                          "+1",
                          "1e",
                          "1e+",
                          "0x10",
                          "NaN",
                          "Infinity",
                          "--1",
                          "1-1",
                          "\"\\x\"",
                          "\"\\u12g4\"",
                          "\"\\u123\"",
                          "\"\\\"",
                          "\"a",
                          "a\"",
                          "\"a\"b",
                          "1\"a\"",
                          "\"a\tb\"",
                          "'a'",
                          "\"\xff\"",
                          "\"\xc0\x80\"",
                          "\"\xed\xa0\x80\"",
                          "/**/1",
                          "[1]]",
                          "]",
                          "",
                          ",",
                          ":",
                          "[[1]",
                          "{\"\\q\":1}",
                          "{\"\\u00\":1}"}) {
    CAF_CHECK(is_malformed(publish(data)));
    CAF_CHECK(is_malformed("{\"unknown\":"s + data + "}"));
    CAF_CHECK(is_malformed("{\"id\":1,\"ping\":{\"x\":["s + data + ",1]}}"));
  }
}

CAF_TEST(texts have no unpaired surrogates) {
  for (const auto text : {R"(\ud800)", R"(\ud800x)", R"(\ud800\u0041)",
                          R"(\udc00)", R"(\ud83d\ud83d)"})
    CAF_CHECK(is_malformed(with_field("\"channel\":\""s + text + '"')));
}

CAF_TEST(a cut frame is malformed) {
  const auto whole =
    R"({"id":1,"publish":{"channel":"c","data":{"a":["x"]}}})"s;
  CAF_CHECK(!is_malformed(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    CAF_CHECK(is_malformed(whole.substr(0, size)));
}

CAF_TEST(brackets of the next line do not close a command) {
  CAF_CHECK_EQUAL(ids("{\"id\":1,\"ping\":{}\n}"), list{"malformed"});
  CAF_CHECK_EQUAL(ids("{\"a\":{\"b\":1}\n}\n{}"), list{"malformed"});
}

CAF_TEST_FIXTURE_SCOPE_END()
