#include "apps/rookery-console/actor_id.hpp"

#include <charconv>

namespace rookery::console {

std::optional<actor_id> actor_id::parse(std::string_view text) {
  actor_id result;
  const auto at = text.find('@');
  const auto number = text.substr(0, at);
  const auto* end = number.data() + number.size();
  const auto [rest, error] = std::from_chars(number.data(), end, result.id);
  if (error != std::errc{} || rest != end)
    return std::nullopt;
  if (at != std::string_view::npos) {
    if (at + 1 == text.size())
      return std::nullopt;
    result.node = text.substr(at + 1);
  }
  return result;
}

void actor_id::add_to(json& body, const char* member) const {
  body[member] = id;
  if (node)
    body["node"] = *node;
}

std::string no_actor_id(std::string_view text) {
  return "'" + std::string{text} + "': expected ID or ID@NODE, as 91@a:8080";
}

} // namespace rookery::console
