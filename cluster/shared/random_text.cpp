#include "cluster/shared/random_text.hpp"

#include <random>
#include <string_view>

namespace rookery {

std::string random_text(std::size_t size) {
  constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  thread_local std::mt19937_64 engine = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64{seed};
  }();
  std::uniform_int_distribution<std::size_t> any{0, letters.size() - 1};
  std::string result(size, '\0');
  for (auto& each : result)
    each = letters[any(engine)];
  return result;
}

} // namespace rookery
