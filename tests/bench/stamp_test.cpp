#define CAF_SUITE stamp

#include "apps/rookery-bench/stamp.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using rookery::bench::stamp;

namespace {

std::string written(const stamp& mark) {
  std::string payload(50, 'x');
  mark.write(std::span<char, stamp::size>{payload.data(), stamp::size});
  return payload;
}

} // namespace

CAF_TEST(a written stamp is read back) {
  const stamp mark{.run = 0xfedcba98,
                   .publisher = 7,
                   .sequence = 0xffffffff,
                   .time = 0x0123456789abcdef};
  const auto read = stamp::read(written(mark));
  CAF_REQUIRE(read);
  CAF_CHECK_EQUAL(read->run, mark.run);
  CAF_CHECK_EQUAL(read->publisher, mark.publisher);
  CAF_CHECK_EQUAL(read->sequence, mark.sequence);
  CAF_CHECK_EQUAL(read->time, mark.time);
}

CAF_TEST(a stamp is plain letters) {
  const auto payload = written({.run = 1, .time = ~std::uint64_t{0}});
  CAF_CHECK_EQUAL(payload.find_first_not_of("abcdefghijklmnop"), stamp::size);
}

CAF_TEST(text without a stamp has none) {
  auto payload = written({});
  CAF_CHECK(!stamp::read(payload.substr(0, stamp::size - 1)));
  for (const char wrong : {'q', 'A', '`', '\xff'}) {
    payload[17] = wrong;
    CAF_CHECK(!stamp::read(payload));
  }
}
