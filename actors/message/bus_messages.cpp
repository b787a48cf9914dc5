#include "actors/message/bus_messages.hpp"

#include <array>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 10> gap_names{
  "link_lost",         "link_deaf", "overflow",  "unknown_version", "too_large",
  "late_subscription", "trimmed",   "new_epoch", "internal_error",  "refused"};
static_assert(gap_names.size()
              == static_cast<std::size_t>(gap_reason::refused) + 1);

} // namespace

std::string_view to_string(gap_reason reason) noexcept {
  return gap_names[static_cast<std::size_t>(reason)];
}

} // namespace rookery
