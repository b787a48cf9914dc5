#pragma once

#include "apps/rookery-console/api.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::console {

/// An actor as operators write it, `ID` or `ID@NODE`: without a node it is on
/// the one that is asked.
struct actor_id {
  std::uint64_t id = 0;
  std::optional<std::string> node;

  /// Nothing unless `text` begins with a number.
  static std::optional<actor_id> parse(std::string_view text);

  /// Writes it into the body of a request, with the id as `member`.
  void add_to(json& body, const char* member) const;
};

/// What `parse` refuses, in words.
std::string no_actor_id(std::string_view text);

} // namespace rookery::console
