#define CAF_SUITE json_object

#include "actors/text/json_value.hpp"
#include "cluster/shared/json_object.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

} // namespace

CAF_TEST(values stay as they were written) {
  const auto result = parse_json_object(
    " {\"a\" : [1, {\"x\":[ ]}] , \"b\":{},\"c\":12345678901234567890123 ,"
    "\"d\":1.50,\"\\u0065\":\"\\n\",\"f\":null\t,\"g\":false} \n");
  CAF_REQUIRE(result.has_value());
  CAF_CHECK(*result
            == (json_object{{"a", "[1, {\"x\":[ ]}]"},
                            {"b", "{}"},
                            {"c", "12345678901234567890123"},
                            {"d", "1.50"},
                            {"e", "\"\\n\""},
                            {"f", "null"},
                            {"g", "false"}}));
  CAF_CHECK(parse_json_object("{}") == json_object{});
}

CAF_TEST(strings are read) {
  CAF_CHECK(parse_json_string(" \"a\\u00e9\\\"\" ") == "a\xc3\xa9\"");
  CAF_CHECK(parse_json_string("\"\"") == "");
  CAF_CHECK(parse_json_strings("[\"a\", \"\"]")
            == (std::vector<std::string>{"a", ""}));
  CAF_CHECK(parse_json_strings("[]") == std::vector<std::string>{});
}

CAF_TEST(another type is refused) {
  for (const auto* text : {"[]", "\"x\"", "1", "null", "true"})
    CAF_CHECK(!parse_json_object(text));
  for (const auto* text : {"[\"x\"]", "{}", "1", "null", "true"})
    CAF_CHECK(!parse_json_string(text));
  for (const auto* text : {"[1]", "[null]", "[[\"x\"]]", "\"x\"", "{}", "null"})
    CAF_CHECK(!parse_json_strings(text));
}

CAF_TEST(text that is no JSON is refused) {
  for (const auto* text : {"",           " ",
                           "nul",        "nullx",
                           "truex",      "01",
                           "1x",         "-",
                           "'a'",        "\"\\q\"",
                           "\"\x01\"",   "\"\xff\"",
                           "\"a",        "[",
                           "]",          "[1 2]",
                           "[1,]",       "[1}",
                           "{\"a\"}",    "{\"a\" 1}",
                           "{\"a\":1,}", "{\"a\":1 \"b\":2}",
                           "{a:1}",      "{,\"a\":1}",
                           "{\"a\":1",   "{}x",
                           "{}}",        "{}{}",
                           "{},{}",      "1,2",
                           "1],[2",      "],[",
                           "1]",         "[1"}) {
    CAF_CHECK(!is_json(text));
    CAF_CHECK(!parse_json_object("{\"k\":" + std::string{text} + "}"));
    CAF_CHECK(!parse_json_object(text));
  }
  CAF_CHECK(!is_json(std::string_view{"1\0", 2}));
}

CAF_TEST(a value is not judged beyond the grammar) {
  for (const auto* text : {R"("hi \ud83d")", R"({"a":1,"a":1})", "1e999",
                           R"([{"a":{"b":1,"b":1}}])"}) {
    CAF_CHECK(is_json(text));
    const auto result = parse_json_object("{\"k\":" + std::string{text} + "}");
    CAF_REQUIRE(result.has_value());
    CAF_CHECK_EQUAL(result->at("k"), text);
  }
  CAF_CHECK(!parse_json_string(R"("hi \ud83d")"));
}

CAF_TEST(a name twice is refused) {
  for (const auto* text : {R"({"a":1,"a":1})", R"({"a":1,"\u0061":2})"})
    CAF_CHECK(!parse_json_object(text));
}

CAF_TEST(depth has a bound) {
  const auto deepest = nested(relayed_json.depth);
  CAF_CHECK(is_json(deepest));
  CAF_CHECK(!is_json(nested(relayed_json.depth + 1)));
  CAF_CHECK(!is_json(nested(100'000)));
  CAF_CHECK(!is_json(std::string(100'000, '[')));
  // A text that wraps the deepest value.
  const auto wrapped = R"([{"publish":{"data":)" + deepest + "}}]";
  const auto elements = parse_json_array(wrapped);
  CAF_REQUIRE(elements.has_value());
  CAF_CHECK(parse_json_object(elements->front()).has_value());
  CAF_CHECK(!parse_json_object("{\"a\":" + nested(carrying_json.depth) + "}"));
}
