#define CAF_SUITE percent

#include "configs/percent.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

CAF_TEST(escapes become bytes) {
  CAF_CHECK(percent_decode("a%20b") == "a b"s);
  CAF_CHECK(percent_decode("%2f%2F") == "//"s);
  CAF_CHECK(percent_decode("%00%ff") == "\0\xff"s);
  CAF_CHECK(percent_decode("%2541") == "%41"s);
}

CAF_TEST(everything else stays as it is) {
  CAF_CHECK(percent_decode("") == ""s);
  CAF_CHECK(percent_decode("a+b&c") == "a+b&c"s);
}

CAF_TEST(a broken escape is refused) {
  for (const auto text :
       {"%", "%4", "a%4", "%4g", "%g4", "%-1", "%+1", "% 1", "%0x41", "%%41"})
    CAF_CHECK(!percent_decode(text));
}
