#define CAF_SUITE channel_name

#include "actors/text/channel_name.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;
using namespace std::literals;

namespace {

bool is_accepted(std::string_view name) {
  return !check_channel_name(name);
}

bool is_refused(std::string_view name, name_error error) {
  return check_channel_name(name) == error;
}

} // namespace

CAF_TEST(everyday names are accepted) {
  for (const auto name : {"a"sv, "room:42"sv, "caf\xc3\xa9"sv, "a b"sv,
                          "#$/?"sv, "\xf0\x9f\x90\xa6"sv, "__inner"sv})
    CAF_CHECK(is_accepted(name));
}

CAF_TEST(names have 1 to 255 bytes) {
  CAF_CHECK(is_refused("", name_error::empty));
  CAF_CHECK(is_accepted(std::string(255, 'x')));
  CAF_CHECK(is_refused(std::string(256, 'x'), name_error::too_long));
}

CAF_TEST(names are valid UTF8) {
  for (const auto name : {"\xff"sv, "a\xc3"sv, "\xc0\x80"sv, "\xed\xa0\x80"sv,
                          "\xf4\x90\x80\x80"sv, "\x80"sv})
    CAF_CHECK(is_refused(name, name_error::not_utf8));
}

CAF_TEST(names hold no control characters) {
  for (const auto name :
       {"\0"sv, "a\nb"sv, "\x1f"sv, "\x7f"sv, "a\xc2\x80"sv, "\xc2\x9f"sv})
    CAF_CHECK(is_refused(name, name_error::control_character));
  CAF_CHECK(is_accepted("\xc2\xa0")); // no-break space, the first after C1
}

CAF_TEST(two underscores reserve a name) {
  CAF_CHECK(is_reserved("__"));
  CAF_CHECK(is_reserved("__rookery:x"));
  CAF_CHECK(!is_reserved("_"));
  CAF_CHECK(!is_reserved("a__"));
  CAF_CHECK(!is_reserved(""));
}

CAF_TEST(errors are described) {
  CAF_CHECK_EQUAL(describe(name_error::control_character),
                  "channel name contains a control character");
}
