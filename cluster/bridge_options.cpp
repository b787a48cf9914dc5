#include "cluster/bridge_options.hpp"

#include <random>
#include <string_view>

namespace rookery {

namespace {

std::string nonce() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::random_device random;
  std::string result;
  for (auto i = 0; i < 16; ++i)
    result += digits[random() % digits.size()];
  return result;
}

} // namespace

bridge_options make_bridge_options(const std::string& prefix) {
  bridge_options result;
  result.prefix = prefix;
  result.probe_channel = "__rookery:" + prefix + ":probe:" + nonce();
  return result;
}

} // namespace rookery
