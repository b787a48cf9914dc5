#define CAF_SUITE address_book

#include "net/peers/address_book.hpp"

#include <caf/test/unit_test.hpp>

#include <vector>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

constexpr address_book::time_point start{1000s};

ip_address at(std::string_view text) {
  return parse_ip(text).value();
}

ip_address numbered(std::uint32_t number) {
  auto result = at("10.0.0.0");
  for (int i = 0; i < 3; ++i)
    result.bytes[15 - i] = static_cast<std::uint8_t>(number >> 8 * i);
  return result;
}

} // namespace

CAF_TEST(an address has so many connections at once) {
  address_book book{{.connections = 2}};
  const auto first = book.enter(at("192.0.2.1"), start);
  CAF_CHECK(first.why == address_refusal::none);
  CAF_CHECK(first.where != 0);
  CAF_CHECK(book.enter(at("192.0.2.1"), start).why == address_refusal::none);
  const auto refused = book.enter(at("192.0.2.1"), start);
  CAF_CHECK(refused.why == address_refusal::connections);
  CAF_CHECK_EQUAL(refused.where, 0u);
  CAF_CHECK(book.enter(at("192.0.2.2"), start).why == address_refusal::none);
  book.leave(first.where);
  CAF_CHECK(book.enter(at("192.0.2.1"), start).why == address_refusal::none);
}

CAF_TEST(an address of IPv6 is its first 64 bits) {
  address_book book{{.connections = 1}};
  CAF_CHECK(book.enter(at("2001:db8:0:1::1"), start).where != 0);
  CAF_CHECK(book.enter(at("2001:db8:0:1:ffff::2"), start).where == 0);
  CAF_CHECK(book.enter(at("2001:db8:0:2::1"), start).where != 0);
  CAF_CHECK(book.enter(at("192.0.2.1"), start).where != 0);
  CAF_CHECK(book.enter(at("::ffff:192.0.2.1"), start).where == 0);
}

CAF_TEST(handshakes have a rate) {
  address_book book{{.handshakes = {1}}};
  for (int i = 0; i < 10; ++i)
    book.leave(book.enter(at("192.0.2.1"), start).where);
  CAF_CHECK(book.enter(at("192.0.2.1"), start).why
            == address_refusal::handshakes);
  CAF_CHECK(book.enter(at("192.0.2.2"), start).why == address_refusal::none);
  CAF_CHECK(book.enter(at("192.0.2.1"), start + 1s).why
            == address_refusal::none);
}

CAF_TEST(an address that guesses tokens is refused for a while) {
  address_book book{{.bad_tokens = {1}}};
  for (int i = 0; i < 10; ++i) {
    CAF_CHECK(book.enter(at("192.0.2.1"), start).why == address_refusal::none);
    book.note_bad_token(at("192.0.2.1"), start);
  }
  CAF_CHECK(book.enter(at("192.0.2.1"), start).why
            == address_refusal::bad_tokens);
  CAF_CHECK(book.enter(at("192.0.2.1"), start + 1s).why
            == address_refusal::none);
}

CAF_TEST(addresses are forgotten) {
  address_book book{{.connections = 5, .handshakes = {1}}};
  for (std::uint32_t i = 0; i < 1000; ++i)
    book.leave(book.enter(numbered(i), start).where);
  CAF_CHECK_EQUAL(book.size(), 1000u);
  for (std::uint32_t i = 1000; i < 1500; ++i)
    book.leave(book.enter(numbered(i), start + 1min).where);
  CAF_CHECK(book.size() <= 520u);
}

CAF_TEST(a flood of addresses is bounded and takes no place of a connection) {
  address_book book{{.connections = 1, .handshakes = {1}}};
  std::vector<address_book::place> kept;
  for (std::uint32_t i = 0; i < 100; ++i)
    kept.push_back(book.enter(numbered(i), start).where);
  for (std::uint32_t i = 100; i < 3 * address_book::max_quiet; ++i)
    book.leave(book.enter(numbered(i), start).where);
  CAF_CHECK(book.size() <= address_book::max_quiet + 100);
  for (std::uint32_t i = 0; i < 100; ++i)
    CAF_CHECK(book.enter(numbered(i), start).why
              == address_refusal::connections);
  for (const auto each : kept)
    book.leave(each);
}
