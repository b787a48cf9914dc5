#define CAF_SUITE json_depth

#include "actors/text/json_depth.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;

CAF_TEST(arrays and objects count) {
  CAF_CHECK(!is_nested_deeper("1", 0));
  CAF_CHECK(is_nested_deeper("[]", 0));
  CAF_CHECK(!is_nested_deeper(R"([{"a":1},{"b":[]}])", 3));
  CAF_CHECK(is_nested_deeper(R"([{"a":1},{"b":[]}])", 2));
  CAF_CHECK(!is_nested_deeper("[],[],[]", 1));
  CAF_CHECK(is_nested_deeper(std::string(100'000, '[')));
}

CAF_TEST(brackets in strings do not count) {
  CAF_CHECK(!is_nested_deeper(R"(["[[[[", "{\"[[["])", 1));
  CAF_CHECK(is_nested_deeper(R"(["\\", [[]]])", 2));
  CAF_CHECK(!is_nested_deeper(R"("[[)", 1));
  CAF_CHECK(!is_nested_deeper("\"\\", 1));
}
