#include "actors/client/client_ids.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace rookery {

namespace {

std::mt19937_64 seeded() {
  std::random_device source;
  std::array<std::random_device::result_type, 8> bits{};
  std::ranges::generate(bits, std::ref(source));
  std::seed_seq seed(bits.begin(), bits.end());
  return std::mt19937_64{seed};
}

} // namespace

client_ids::client_ids() : random_{seeded()} {}

std::string client_ids::next() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result = "xxxxxxxx-xxxx-4xxx-Yxxx-xxxxxxxxxxxx";
  std::uint64_t bits = 0;
  unsigned left = 0;
  for (auto& c : result) {
    if (c != 'x' && c != 'Y')
      continue;
    if (left == 0) {
      bits = random_();
      left = 16;
    }
    const auto digit = static_cast<unsigned>(bits & 0xf);
    c = digits[c == 'x' ? digit : 8 | (digit & 3)];
    bits >>= 4;
    --left;
  }
  return result;
}

} // namespace rookery
