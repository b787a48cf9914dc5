#define CAF_SUITE proxy_header

#include "net/peers/proxy_header.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;
using namespace std::literals;

namespace {

using verdict = proxy_header::verdict;

constexpr auto signature = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr auto v4_addresses =
  "\xc0\x00\x02\x01\x7f\x00\x00\x01\x12\x34\x00\x50"sv;

std::string binary(char command, char family, std::string_view rest) {
  std::string result{signature};
  result += command;
  result += family;
  result += static_cast<char>(rest.size() >> 8);
  result += static_cast<char>(rest.size() & 0xff);
  return result.append(rest);
}

/// The client of a complete header; "self" without one, else a verdict.
std::string client_of(std::string_view bytes) {
  const auto read = read_proxy_header(bytes);
  if (read.result != verdict::complete)
    return read.result == verdict::incomplete ? "incomplete" : "malformed";
  CAF_CHECK(read.size <= bytes.size());
  return read.client ? to_string(*read.client) : "self";
}

/// Every beginning of `header` asks for more.
void check_cuts(std::string_view header) {
  for (std::size_t size = 0; size < header.size(); ++size)
    CAF_CHECK_EQUAL(client_of(header.substr(0, size)), "incomplete");
}

} // namespace

CAF_TEST(a line of version 1 names the client) {
  const auto line = "PROXY TCP4 192.0.2.1 127.0.0.1 4711 80\r\n"sv;
  CAF_CHECK_EQUAL(client_of(line), "192.0.2.1");
  CAF_CHECK_EQUAL(read_proxy_header(std::string{line} + "GET /").size,
                  line.size());
  check_cuts(line);
  CAF_CHECK_EQUAL(client_of("PROXY TCP6 2001:db8::1 ::1 1 65535\r\n"),
                  "2001:db8::1");
  CAF_CHECK_EQUAL(client_of("PROXY UNKNOWN\r\n"), "self");
  CAF_CHECK_EQUAL(client_of("PROXY UNKNOWN a b c d\r\n"), "self");
}

CAF_TEST(any other line is malformed) {
  for (const auto bytes :
       {"GET / HTTP/1.1\r\n"sv, "PROXY\r\n"sv, "PROXY TCP4\r\n"sv,
        "PROXY TCP4 2001:db8::1 ::1 1 2\r\n"sv,
        "PROXY TCP6 192.0.2.1 127.0.0.1 1 2\r\n"sv,
        "PROXY TCP4 192.0.2.1 127.0.0.1 1\r\n"sv,
        "PROXY TCP4 192.0.2.1 127.0.0.1 1 2 3\r\n"sv,
        "PROXY TCP4 192.0.2.1 127.0.0.1 1 65536\r\n"sv,
        "PROXY TCP4 192.0.2.1 127.0.0.1 01 2\r\n"sv,
        "PROXY TCP4  192.0.2.1 127.0.0.1 1 2\r\n"sv,
        "PROXY TCP5 192.0.2.1 127.0.0.1 1 2\r\n"sv,
        "proxy TCP4 192.0.2.1 127.0.0.1 1 2\r\n"sv})
    CAF_CHECK_EQUAL(client_of(bytes), "malformed");
  CAF_CHECK_EQUAL(client_of("PROXY UNKNOWN" + std::string(94, 'x')),
                  "malformed");
}

CAF_TEST(a header of version 2 names the client) {
  const auto header = binary(0x21, 0x11, v4_addresses);
  CAF_CHECK_EQUAL(client_of(header), "192.0.2.1");
  CAF_CHECK_EQUAL(client_of(header + "GET /"), "192.0.2.1");
  check_cuts(header);
  const auto v6 = "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"
                  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x12\x34\x00\x50"s;
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x21, v6)), "2001:db8::1");
  CAF_CHECK_EQUAL(
    client_of(binary(0x21, 0x11, std::string{v4_addresses} + "\3\0\1x")),
    "192.0.2.1");
  CAF_CHECK_EQUAL(client_of(binary(0x20, 0x00, "")), "self");
  CAF_CHECK_EQUAL(client_of(binary(0x20, 0x11, "")), "self");
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x00, "")), "self");
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x31, std::string(216, 'x'))), "self");
}

CAF_TEST(a header of version 2 that is wrong or long is malformed) {
  CAF_CHECK_EQUAL(client_of(binary(0x11, 0x11, v4_addresses)), "malformed");
  CAF_CHECK_EQUAL(client_of(binary(0x22, 0x11, v4_addresses)), "malformed");
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x41, v4_addresses)), "malformed");
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x13, v4_addresses)), "malformed");
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x11, v4_addresses.substr(1))),
                  "malformed");
  CAF_CHECK_EQUAL(client_of(binary(0x21, 0x11, std::string(2033, 'x'))),
                  "malformed");
}
