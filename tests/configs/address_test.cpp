#define CAF_SUITE address

#include "configs/address.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

CAF_TEST(addresses are literals) {
  for (const auto& text : {"127.0.0.1"s, "0.0.0.0"s, "::"s, "::1"s, "fe80::1"s})
    CAF_CHECK(is_ip_literal(text));
  for (const auto& text :
       {""s, "localhost"s, "127.1"s, "1.2.3.256"s, "[::1]"s, "fe80::1%lo"s,
        "127.0.0.1:80"s, "::1\0x"s, "127.0.0.1\0x"s})
    CAF_CHECK(!is_ip_literal(text));
}

CAF_TEST(loopback is one network of IPv4 and one address of IPv6) {
  for (const auto& text : {"127.0.0.1"s, "127.255.0.9"s, "::1"s, "0::1"s})
    CAF_CHECK(is_loopback_literal(text));
  for (const auto& text : {"0.0.0.0"s, "::"s, "128.0.0.1"s, "10.0.0.1"s,
                           "localhost"s, "127.evil"s, "fe80::1"s})
    CAF_CHECK(!is_loopback_literal(text));
}

CAF_TEST(origins are written as browsers send them) {
  for (const auto& text :
       {"https://example.org"s, "http://localhost:8080"s, "http://[::1]:3000"s,
        "http://127.0.0.1"s, "http://[::1]"s, "app+x://host"s})
    CAF_CHECK(is_origin(text));
  for (const auto& text : {""s,
                           "example.org"s,
                           "https://"s,
                           "https://Example.org"s,
                           "https://example.org/"s,
                           "https://example.org:"s,
                           "https://example.org:0"s,
                           "https://example.org:65536"s,
                           "https://a:1:2"s,
                           "https://a b"s,
                           "https://user@host"s,
                           "://host"s,
                           "HTTPS://host"s,
                           "http://[::1"s,
                           "http://[::g]"s,
                           "http://[::1]x"s,
                           "http://[]"s,
                           "*"s,
                           "https://*.example.org"s,
                           "https://h?x"s,
                           "https://h#x"s,
                           "http://[::FF]"s})
    CAF_CHECK(!is_origin(text));
}
