#define CAF_SUITE value_text

#include "configs/value_text.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

CAF_TEST(integers are decimal and complete) {
  CAF_CHECK(parse_integer("0") == 0);
  CAF_CHECK(parse_integer("-12") == -12);
  CAF_CHECK(parse_integer("9223372036854775807") == INT64_MAX);
  for (const auto* text : {"", "-", "+1", "010", "0x10", "1.5", "1 ", " 1",
                           "1a", "9223372036854775808", "--1", "1e3"})
    CAF_CHECK(!parse_integer(text));
}

CAF_TEST(sizes may have a unit) {
  CAF_CHECK(parse_bytes("7") == 7);
  CAF_CHECK(parse_bytes("16KiB") == 16 * 1024);
  CAF_CHECK(parse_bytes("1MiB") == 1 << 20);
  CAF_CHECK(parse_bytes("3GiB") == 3LL << 30);
  for (const auto* text : {"MiB", "1 MiB", "1MB", "1.5MiB", "1mib",
                           "9007199254740992GiB", "1MiBMiB"})
    CAF_CHECK(!parse_bytes(text));
}

CAF_TEST(durations need a unit) {
  CAF_CHECK(parse_duration("250ms") == 250ms);
  CAF_CHECK(parse_duration("25s") == 25s);
  CAF_CHECK(parse_duration("5min") == 5min);
  CAF_CHECK(parse_duration("1h") == 1h);
  for (const auto* text : {"", "25", "s", "25 s", "1s500ms", "1.5s", "1us",
                           "1d", "999999999999999999h"})
    CAF_CHECK(!parse_duration(text));
}

CAF_TEST(strings need their quotes) {
  CAF_CHECK(parse_quoted("\"a b\"") == "a b"s);
  CAF_CHECK(parse_quoted("\"\"") == ""s);
  CAF_CHECK(parse_quoted("\"a\\\"\\\\\\n\"") == "a\"\\\n"s);
  for (const auto* text :
       {"", "a", "'a'", "\"a", "\"a\"b", "\"a\\q\"", "\"", "\"a\" \"b\""})
    CAF_CHECK(!parse_quoted(text));
}

CAF_TEST(lists hold strings only) {
  using list = std::vector<std::string>;
  CAF_CHECK(parse_list("[]") == list{});
  CAF_CHECK(parse_list("[\"a\", \"b\"]") == (list{"a", "b"}));
  for (const auto* text : {"", "a", "\"a\"", "[a]", "[1]", "[\"a\"", "[\"a\"]]",
                           "[\"a\" \"b\"]", "[\"a\",,\"b\"]", "[[\"a\"]]"})
    CAF_CHECK(!parse_list(text));
}

CAF_TEST(durations are written in their largest exact unit) {
  CAF_CHECK_EQUAL(format_duration(0ms), "0s");
  CAF_CHECK_EQUAL(format_duration(1500ms), "1500ms");
  CAF_CHECK_EQUAL(format_duration(90s), "90s");
  CAF_CHECK_EQUAL(format_duration(2min), "2min");
  CAF_CHECK_EQUAL(format_duration(3h), "3h");
}

CAF_TEST(sizes are written in their largest exact unit) {
  CAF_CHECK_EQUAL(format_bytes(0), "0");
  CAF_CHECK_EQUAL(format_bytes(1000), "1000");
  CAF_CHECK_EQUAL(format_bytes(131072), "128 KiB");
  CAF_CHECK_EQUAL(format_bytes(1 << 30), "1 GiB");
}

CAF_TEST(a written value can be read) {
  for (const auto& text : {""s, "a\"b\\c"s, "\n\r\t"s, "caf\xc3\xa9 # ; { }"s})
    CAF_CHECK(parse_quoted(format_quoted(text)) == text);
  const std::vector<std::string> list{"", "a,b", "]\"["};
  CAF_CHECK(parse_list(format_list(list)) == list);
}
