#include "actors/message/node_query.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 9> order_names{
  "id",      "name",         "mailbox", "handled",   "bytes",
  "members", "publications", "rate",    "round_trip"};
static_assert(order_names.size()
              == static_cast<std::size_t>(listing_order::round_trip) + 1);

} // namespace

std::string_view to_string(listing_order order) noexcept {
  return order_names[static_cast<std::size_t>(order)];
}

std::optional<listing_order> listing_order_named(std::string_view name) {
  const auto found = std::ranges::find(order_names, name);
  if (found == order_names.end())
    return std::nullopt;
  return static_cast<listing_order>(found - order_names.begin());
}

} // namespace rookery
