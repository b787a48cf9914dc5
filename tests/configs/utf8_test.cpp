#define CAF_SUITE utf8

#include "configs/utf8.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

CAF_TEST(valid and invalid text are told apart) {
  for (const auto text : {""sv, "a\0b"sv, "\xc3\xa9"sv, "\xf4\x8f\xbf\xbf"sv})
    CAF_CHECK(is_valid_utf8(text));
  for (const auto text : {"\xff"sv, "\xc3"sv, "\xc0\xaf"sv, "\xed\xbf\xbf"sv,
                          "\xf5\x80\x80\x80"sv})
    CAF_CHECK(!is_valid_utf8(text));
}

CAF_TEST(control characters are found in both ranges) {
  for (const auto text :
       {"\0"sv, "a\x1f"sv, "\x7f"sv, "\xc2\x80"sv, "x\xc2\x9f"sv})
    CAF_CHECK(has_control_character(text));
  // U+00A0; and U+0100 to U+0C80, whose second bytes look like C1.
  for (const auto text :
       {""sv, "a b~"sv, "\xc2\xa0"sv, "\xc4\x80"sv, "\xe0\xb2\x80"sv})
    CAF_CHECK(!has_control_character(text));
}
