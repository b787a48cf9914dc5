#define CAF_SUITE console_words

#include "apps/rookery-console/actor_id.hpp"
#include "apps/rookery-console/target.hpp"
#include "apps/rookery-console/words.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::console;

using list = std::vector<std::string>;

namespace {

list split(std::string_view line) {
  return split_words(line).value_or(list{"an open quote"});
}

} // namespace

CAF_TEST(words are split as in a shell) {
  CAF_CHECK_EQUAL(split("  kick  91@a:8080 "), (list{"kick", "91@a:8080"}));
  CAF_CHECK_EQUAL(split(R"(publish chat 'a  "b"' "c'd" e\ f "")"),
                  (list{"publish", "chat", "a  \"b\"", "c'd", "e f", ""}));
  CAF_CHECK(split_words("")->empty());
}

CAF_TEST(an open quote is no line) {
  CAF_CHECK(!split_words("publish chat 'a"));
}

CAF_TEST(quoted words are read back) {
  for (const std::string word : {"a", "", "a b", "it's", "\"\\", "news:x"})
    CAF_CHECK_EQUAL(split(quoted_word(word)), list{word});
  CAF_CHECK_EQUAL(quoted_word("news:x"), "news:x");
}

CAF_TEST(an actor may name its node) {
  const auto there = actor_id::parse("91@a:8080");
  CAF_REQUIRE(there.has_value());
  CAF_CHECK_EQUAL(there->id, 91u);
  CAF_CHECK_EQUAL(there->node.value_or(""), "a:8080");
  const auto here = actor_id::parse("91");
  CAF_REQUIRE(here.has_value());
  CAF_CHECK(!here->node);
  for (const auto* text :
       {"", "x", "91@", "-1", "9x@a", "@a", " 9", "99999999999999999999"})
    CAF_CHECK(!actor_id::parse(text));
}

CAF_TEST(targets are percent - encoded) {
  target what{"/api/x"};
  what.segment("a/b").with("name", "ä &=?+%#").maybe("none", std::nullopt);
  CAF_CHECK_EQUAL(what.with("b", "").text(),
                  "/api/x/a%2Fb?name=%C3%A4%20%26%3D%3F%2B%25%23&b=");
}
