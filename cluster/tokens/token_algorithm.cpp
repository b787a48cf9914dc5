#include "cluster/tokens/token_algorithm.hpp"

#include <algorithm>
#include <array>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 9> names{
  "HS256", "HS384", "HS512", "RS256", "RS384",
  "RS512", "ES256", "ES384", "ES512",
};
static_assert(names.size()
              == static_cast<std::size_t>(token_algorithm::es512) + 1);

} // namespace

std::optional<token_algorithm> parse_algorithm(std::string_view name) noexcept {
  const auto found = std::ranges::find(names, name);
  if (found == names.end())
    return std::nullopt;
  return static_cast<token_algorithm>(found - names.begin());
}

} // namespace rookery
