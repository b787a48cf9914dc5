#define CAF_SUITE notice

#include "actors/plain/notice.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;

CAF_TEST(a tag is one to 32 letters or digits) {
  CAF_CHECK(is_notice_tag("a"));
  CAF_CHECK(is_notice_tag("Z9"));
  CAF_CHECK(is_notice_tag(std::string(32, 'x')));
  for (const auto& bad :
       {std::string{}, std::string(33, 'x'), std::string{"a-b"},
        std::string{"a\"b"}, std::string{"\xc3\xa4"}, std::string{"a b"},
        std::string("a\0b", 3)})
    CAF_CHECK(!is_notice_tag(bad));
}

CAF_TEST(a publish notice says outcome and reason) {
  const auto frame = encode_publish_notice(
    "tag", {0, publish_verdict::refused, publish_problem::overloaded});
  CAF_CHECK_EQUAL(std::string{frame->bytes().substr(2)},
                  R"({"rookery":"publish","tag":"tag","outcome":"refused",)"
                  R"("reason":"overloaded"})");
}
