#define CAF_SUITE base64

#include "actors/text/base64.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

CAF_TEST(the examples of RFC 4648 are read and written) {
  for (const auto& [text, bytes] : {std::pair{"", ""},
                                    {"Zg==", "f"},
                                    {"Zm8=", "fo"},
                                    {"Zm9v", "foo"},
                                    {"Zm9vYg==", "foob"},
                                    {"Zm9vYmE=", "fooba"},
                                    {"Zm9vYmFy", "foobar"},
                                    {"+/+/", "\xfb\xff\xbf"}}) {
    CAF_CHECK(decode_base64(text) == std::string{bytes});
    CAF_CHECK_EQUAL(encode_base64(bytes), text);
    std::string url = text;
    url.erase(url.find_last_not_of('=') + 1);
    for (auto& c : url)
      c = c == '+' ? '-' : c == '/' ? '_' : c;
    CAF_CHECK(decode_base64url(url) == std::string{bytes});
  }
}

CAF_TEST(all else is refused) {
  for (const auto* text :
       {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v=", "Zm9vZ",
        "Zh==", "Zm9=", "Z g=", "Zg==\n", "Zm9v\n\n\n\n", "    Zm9v",
        "Z=g=", "-_-_", "Zm9\xff", "Zg==Zg=="})
    CAF_CHECK(!decode_base64(text));
  for (const auto* text : {"Z", "Zg==", "Zm9vZ", "Zh", "Zm9", "Zm9v\n", " Zm9v",
                           "+/+/", "Zm\xff", "Zm9v="})
    CAF_CHECK(!decode_base64url(text));
  CAF_CHECK(!decode_base64url(std::string_view{"Zm\0v", 4}));
}
