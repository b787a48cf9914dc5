#define CAF_SUITE ip_address

#include "configs/ip_address.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

std::string spelled(std::string_view text) {
  const auto parsed = parse_ip(text);
  return parsed ? to_string(*parsed) : "none";
}

bool is_in(std::string_view range, std::string_view address) {
  return parse_range(range).value().contains(parse_ip(address).value());
}

} // namespace

CAF_TEST(addresses are read and written in their usual form) {
  CAF_CHECK_EQUAL(spelled("192.0.2.1"), "192.0.2.1");
  CAF_CHECK_EQUAL(spelled("2001:DB8:0:0::1"), "2001:db8::1");
  CAF_CHECK_EQUAL(spelled("::ffff:192.0.2.1"), "192.0.2.1");
  for (const auto* text : {"", "192.0.2", "192.0.2.256", "[::1]", "::1%lo",
                           "192.0.2.1:80", "unknown", "192.0.2.1 "})
    CAF_CHECK_EQUAL(spelled(text), "none");
}

CAF_TEST(a range has the addresses that begin with its bits) {
  CAF_CHECK(is_in("10.0.0.0/8", "10.255.0.1"));
  CAF_CHECK(!is_in("10.0.0.0/8", "11.0.0.0"));
  CAF_CHECK(is_in("192.0.2.128/25", "192.0.2.200"));
  CAF_CHECK(!is_in("192.0.2.128/25", "192.0.2.127"));
  CAF_CHECK(is_in("0.0.0.0/0", "192.0.2.1"));
  CAF_CHECK(!is_in("0.0.0.0/0", "2001:db8::1"));
  CAF_CHECK(is_in("2001:db8::/33", "2001:db8:7fff::1"));
  CAF_CHECK(!is_in("2001:db8::/33", "2001:db8:8000::1"));
  CAF_CHECK(is_in("::1", "::1"));
  CAF_CHECK(!is_in("::1", "::2"));
  CAF_CHECK(is_in("127.0.0.1", "::ffff:127.0.0.1"));
}

CAF_TEST(a range that is written wrongly is none) {
  for (const auto* text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/-1",
        "10.0.0.1/8", "10.0.0.0/8/8", "2001:db8::/129", "2001:db8::1/64",
        "::ffff:10.0.0.0/104", "localhost"})
    CAF_CHECK(!parse_range(text));
}
