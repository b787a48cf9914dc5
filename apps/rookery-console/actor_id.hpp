#pragma once

#include "apps/rookery-console/api.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::console {

/// An actor's address as operators write it, `ID` or `ID@NODE`. Without a node
/// it means the node that is asked.
struct actor_id {
  std::uint64_t id = 0;
  std::optional<std::string> node;

  /// Returns nullopt unless `text` begins with a number.
  static std::optional<actor_id> parse(std::string_view text);

  /// Adds the address to the body of a request, with the id as `member`.
  void add_to(json& body, const char* member) const;
};

/// The error message for a `text` that `parse` refuses.
std::string no_actor_id(std::string_view text);

} // namespace rookery::console
