#define CAF_SUITE json_payload

#include "actors/text/json_payload.hpp"
#include "configs/utf8.hpp"

#include <caf/test/unit_test.hpp>

#include <nlohmann/json.hpp>
#include <random>

using namespace rookery;
using namespace std::literals;

namespace {

struct fixture {
  json_payload_writer writer;

  std::string embed(std::string_view payload) {
    std::string result;
    writer.append(result, payload);
    return result;
  }
};

std::string repeat(std::string_view text, std::size_t count) {
  std::string result;
  while (count-- > 0)
    result += text;
  return result;
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(json_payload_tests, fixture)

CAF_TEST(JSON of every kind stays as it is) {
  for (const auto payload :
       {"null", "true", "false", "0", "-0.10e+5", "\"\"", "\"a\\u0000\"", "[]",
        "{}", " [1, {\"a\" : \"b\"}]\t", "1e999", "\"\\ud800\"",
        "123456789012345678901234567890", "\"\xf0\x9f\x98\x80\""})
    CAF_CHECK_EQUAL(embed(payload), payload);
}

CAF_TEST(line feeds between tokens become spaces) {
  CAF_CHECK_EQUAL(embed("{\n  \"a\":\r\n [\n1\n]\n}\n"),
                  "{   \"a\":\r  [ 1 ] } ");
  CAF_CHECK_EQUAL(embed("\n1"), " 1");
}

CAF_TEST(text before a payload is left unchanged) {
  auto out = "a\nb"s;
  writer.append(out, "[\n]");
  CAF_CHECK_EQUAL(out, "a\nb[ ]");
}

CAF_TEST(other text becomes a string) {
  CAF_CHECK_EQUAL(embed(""), R"("")");
  CAF_CHECK_EQUAL(embed("hello"), R"("hello")");
  CAF_CHECK_EQUAL(embed("{'a':1}"), R"("{'a':1}")");
  CAF_CHECK_EQUAL(embed("[1,]"), R"("[1,]")");
  CAF_CHECK_EQUAL(embed("\"a"), R"("\"a")");
  CAF_CHECK_EQUAL(embed("a\nb\r\t\\\b\x1f\x7f"), "\"a\\nb\\r\\t\\\\\\u0008"
                                                 "\\u001f\x7f\"");
  CAF_CHECK_EQUAL(embed("\0"sv), R"("\u0000")");
  CAF_CHECK_EQUAL(embed("h\xc3\xa9 \xf0\x9f\x98\x80"),
                  "\"h\xc3\xa9 \xf0\x9f\x98\x80\"");
}

CAF_TEST(several values are not one) {
  for (const auto payload : {"1,2", "1 2", "[1],[2]", "1],[2", "{}{}", "],["})
    CAF_CHECK_EQUAL(embed(payload), '"' + std::string{payload} + '"');
}

CAF_TEST(bytes that are not UTF8 are replaced one by one) {
  CAF_CHECK_EQUAL(embed("\xff"), "\"\xef\xbf\xbd\"");
  CAF_CHECK_EQUAL(embed("a\xc3"), "\"a\xef\xbf\xbd\"");
  CAF_CHECK_EQUAL(embed("\xc3\xa9\xe2\x82\xc3\xa9\xf0\x9f\x98\x80\xf0\x9f"),
                  "\"\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xc3\xa9\xf0\x9f\x98\x80"
                  "\xef\xbf\xbd\xef\xbf\xbd\"");
  CAF_CHECK_EQUAL(embed("\"\x80\n\""), "\"\\\"\xef\xbf\xbd\\n\\\"\"");
}

CAF_TEST(a payload nested too deeply becomes a string) {
  const auto nested = [](std::size_t depth) {
    return repeat("[", depth) + repeat("]", depth);
  };
  CAF_CHECK_EQUAL(embed(nested(128)), nested(128));
  CAF_CHECK_EQUAL(embed(nested(129)), '"' + nested(129) + '"');
  CAF_CHECK_EQUAL(embed(repeat("[", 10'000)), '"' + repeat("[", 10'000) + '"');
}

CAF_TEST(a payload of any size is embedded) {
  for (const auto size : {1, 63, 64, 65, 4000, 3'000'000, 100}) {
    const auto text = '"' + repeat("x", static_cast<std::size_t>(size)) + '"';
    CAF_CHECK(embed(text) == text);
    CAF_CHECK(embed('[' + text)
              == "\"[\\\"" + text.substr(1, text.size() - 2) + "\\\"\"");
  }
}

CAF_TEST(random bytes always give one line of JSON) {
  std::mt19937 random{42};
  constexpr auto alphabet = "[]{},:\"\\ \n01.e-tu\xc3\xa9\xff"sv;
  std::uniform_int_distribution<std::size_t> letter{0, alphabet.size() - 1};
  std::uniform_int_distribution<std::size_t> length{0, 12};
  std::size_t embedded = 0;
  for (auto round = 0; round < 50'000; ++round) {
    std::string payload;
    for (auto count = length(random); count > 0; --count)
      payload += alphabet[letter(random)];
    const auto text = embed(payload);
    CAF_REQUIRE_EQUAL(text.find('\n'), text.npos);
    CAF_REQUIRE(nlohmann::json::accept(text));
    const auto is_kept = text.size() == payload.size();
    CAF_REQUIRE_EQUAL(is_kept, nlohmann::json::accept(payload));
    embedded += is_kept ? 1 : 0;
  }
  // The bytes are chosen so that both outcomes occur often.
  CAF_CHECK(embedded > 500 && embedded < 49'000);
}

CAF_TEST(random bytes are replaced exactly where they are not UTF8) {
  std::mt19937 random{42};
  // Leads and continuations at the bounds of RFC 3629.
  constexpr auto alphabet = "\xc1\xc2\xdf\xe0\xe1\xed\xef\xf0\xf1\xf4\xf5"
                            "\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0"sv;
  std::uniform_int_distribution<std::size_t> letter{0, alphabet.size() - 1};
  std::uniform_int_distribution<std::size_t> length{1, 5};
  std::size_t valid = 0;
  for (auto round = 0; round < 50'000; ++round) {
    std::string payload;
    for (auto count = length(random); count > 0; --count)
      payload += alphabet[letter(random)];
    const auto text = embed(payload);
    CAF_REQUIRE(is_valid_utf8(text));
    CAF_REQUIRE_EQUAL(text == '"' + payload + '"', is_valid_utf8(payload));
    valid += is_valid_utf8(payload) ? 1 : 0;
  }
  CAF_CHECK(valid > 500 && valid < 49'000);
}

CAF_TEST_FIXTURE_SCOPE_END()
