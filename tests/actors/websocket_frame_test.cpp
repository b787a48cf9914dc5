#define CAF_SUITE websocket_frame

#include "actors/message/websocket_frame.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;
using namespace std::literals;

namespace {

std::string encoded(payload_kind kind, const std::string& payload) {
  return std::string{encode_websocket(kind, payload)->bytes()};
}

std::string closing(std::uint16_t code, const std::string& reason) {
  return std::string{encode_close(code, reason)->bytes()};
}

} // namespace

CAF_TEST(the kind selects the opcode) {
  CAF_CHECK_EQUAL(encoded(payload_kind::text, "hi"), "\x81\x02hi"s);
  CAF_CHECK_EQUAL(encoded(payload_kind::binary, "\0\xff"s), "\x82\x02\0\xff"s);
  CAF_CHECK_EQUAL(encoded(payload_kind::text, ""), "\x81\0"s);
}

CAF_TEST(lengths take the shortest form) {
  struct sample {
    std::size_t size;
    std::string header;
  };

  for (const auto& [size, header] :
       {sample{125, "\x81\x7d"s}, sample{126, "\x81\x7e\x00\x7e"s},
        sample{65535, "\x81\x7e\xff\xff"s},
        sample{65536, "\x81\x7f\0\0\0\0\0\x01\0\0"s}}) {
    const auto payload = std::string(size, 'x');
    CAF_CHECK(encoded(payload_kind::text, payload) == header + payload);
  }
}

CAF_TEST(a ping is empty) {
  const auto ping = encode_ping();
  CAF_CHECK_EQUAL(ping->bytes(), "\x89\0"sv);
}

CAF_TEST(a close frame has its code and reason) {
  CAF_CHECK_EQUAL(closing(1001, ""), "\x88\x02\x03\xe9"s);
  CAF_CHECK_EQUAL(closing(1013, "slow"), "\x88\x06\x03\xf5slow"s);
}

CAF_TEST(a long reason is cut between characters) {
  const auto fits = std::string(123, 'x');
  CAF_CHECK(closing(1000, fits + "y") == "\x88\x7d\x03\xe8" + fits);
  // The three bytes of the euro sign would end at 124 and 125.
  for (const auto start : {121u, 122u}) {
    const auto ascii = std::string(start, 'x');
    const auto size = static_cast<char>(start + 2);
    CAF_CHECK(closing(1000, ascii + "\xe2\x82\xac")
              == "\x88"s + size + "\x03\xe8" + ascii);
  }
  const auto whole = std::string(120, 'x') + "\xe2\x82\xac";
  CAF_CHECK(closing(1000, whole + "y") == "\x88\x7d\x03\xe8" + whole);
}
