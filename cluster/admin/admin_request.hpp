#pragma once

#include "cluster/admin/admin_json.hpp"
#include "net/http_message.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// A mistake in an operator's request.
struct admin_problem {
  unsigned status = 400;
  std::string text;
};

/// Reads the parameters of an operator's request: those in the query of a GET,
/// or those in the body of a POST. Keeps the first problem and returns defaults
/// for bad parameters.
class admin_request {
public:
  static constexpr std::uint32_t default_limit = 100;
  static constexpr std::uint32_t max_limit = 1'000;

  /// `protocols` are the names of the node's protocols. Both must outlive this.
  explicit admin_request(const http_request& from,
                         std::span<const std::string_view> protocols = {});

  bool is_action() const noexcept { return is_action_; }

  bool has(std::string_view name) const;

  /// Returns a string; empty if absent.
  std::string text(std::string_view name);

  /// Returns a string. An absent or empty one is a problem.
  std::string needed_text(std::string_view name);

  /// Returns a whole number; 0 if absent.
  std::uint64_t number(std::string_view name);

  /// Returns the number after `prefix` in the path. Any other text is a
  /// problem.
  std::uint64_t number_behind(std::string_view prefix);

  bool flag(std::string_view name) { return number(name) != 0; }

  /// Returns `limit`, which must be from 1 to `max_limit`; `fallback` if
  /// absent.
  std::uint32_t limit(std::uint32_t fallback = default_limit);

  /// Returns the order that `sort` names; `fallback` if absent.
  listing_order order(listing_order fallback);

  /// Returns the name of a protocol; empty if absent. An unknown one is a
  /// problem.
  std::string protocol(std::string_view name);

  /// Returns the name of a channel. Invalid and reserved names are a problem.
  std::string channel(std::string_view name);

  /// Returns the member `name` of an action's body unchanged; null if absent.
  admin_json value(std::string_view name) const;

  void fail(unsigned status, std::string text);

  const std::optional<admin_problem>& problem() const noexcept {
    return problem_;
  }

  const http_request& from() const noexcept { return from_; }

private:
  const http_request& from_;
  std::span<const std::string_view> protocols_;
  bool is_action_;
  admin_json body_;
  std::optional<admin_problem> problem_;
};

} // namespace rookery
