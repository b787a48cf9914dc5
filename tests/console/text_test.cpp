#define CAF_SUITE console_text

#include "apps/rookery-console/text.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::console;

namespace {

struct fixture {
  fixture() { use_utf8(); }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(console_text_tests, fixture)

CAF_TEST(ordinary text stays as it is) {
  CAF_CHECK_EQUAL(escaped("news:spört 日本 ok"), "news:spört 日本 ok");
  CAF_CHECK_EQUAL(escaped(""), "");
}

CAF_TEST(a terminal gets nothing to obey) {
  CAF_CHECK_EQUAL(escaped("a\x1b[2Jb\n\r\t\x07\x7f"),
                  "a\\x1b[2Jb\\n\\r\\t\\x07\\x7f");
  CAF_CHECK_EQUAL(escaped("a\xc2\x9b"
                          "2J"),
                  "a\\u009b2J");
  CAF_CHECK_EQUAL(escaped(std::string_view{"a\0b", 3}), "a\\x00b");
}

CAF_TEST(characters that hide or turn text are shown) {
  CAF_CHECK_EQUAL(escaped("a\xe2\x80\xae"
                          "b\xe2\x80\x8b"),
                  "a\\u202eb\\u200b");
}

CAF_TEST(bytes that are no UTF - 8 are shown one by one) {
  CAF_CHECK_EQUAL(escaped("a\xff\xc3(\xe2\x82"), "a\\xff\\xc3(\\xe2\\x82");
}

CAF_TEST(lines may stay lines) {
  CAF_CHECK_EQUAL(escaped_lines("a\nb\x1b\n"), "a\nb\\x1b\n");
}

CAF_TEST(width counts columns) {
  CAF_CHECK_EQUAL(width_of("abc"), 3u);
  CAF_CHECK_EQUAL(width_of("ö…"), 2u);
  CAF_CHECK_EQUAL(width_of("日本"), 4u);
  CAF_CHECK_EQUAL(width_of("e\xcc\x81"), 1u);
}

CAF_TEST(text is cut between characters) {
  CAF_CHECK_EQUAL(cut("abcdef", 6), "abcdef");
  CAF_CHECK_EQUAL(cut("abcdefg", 6), "abcde…");
  CAF_CHECK_EQUAL(cut("日本語", 4), "日…");
  CAF_CHECK_EQUAL(cut("abc", 1), "…");
  CAF_CHECK_EQUAL(cut("abc", 0), "");
}

CAF_TEST_FIXTURE_SCOPE_END()
