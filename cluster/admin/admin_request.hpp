#pragma once

#include "cluster/admin/admin_json.hpp"
#include "net/http_message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// A mistake in an operator's request.
struct admin_problem {
  unsigned status = 400;
  std::string text;
};

/// Reads the parameters of an operator's request: those in the query of a GET,
/// those in the body of a POST. The first thing that is wrong is kept; reading
/// goes on with defaults.
class admin_request {
public:
  static constexpr std::uint32_t default_limit = 100;
  static constexpr std::uint32_t most = 1'000;

  /// `from` must outlive this.
  explicit admin_request(const http_request& from);

  bool is_action() const noexcept { return is_action_; }

  bool has(std::string_view name) const;

  /// Empty when it is absent.
  std::string text(std::string_view name);

  /// A problem when it is absent or empty.
  std::string needed_text(std::string_view name);

  /// 0 when it is absent.
  std::uint64_t number(std::string_view name);

  /// The number after `prefix` in the path; a problem if it is none.
  std::uint64_t number_behind(std::string_view prefix);

  bool flag(std::string_view name) { return number(name) != 0; }

  /// `limit`, from 1 to `most`.
  std::uint32_t limit(std::uint32_t fallback = default_limit);

  /// `sort`, `fallback` when it is absent.
  listing_order order(listing_order fallback);

  /// A name that is a channel's and that an operator may publish on.
  std::string channel(std::string_view name);

  /// The member `name` of an action, as it was sent; null when it is absent.
  admin_json value(std::string_view name) const;

  void fail(unsigned status, std::string text);

  const std::optional<admin_problem>& problem() const noexcept {
    return problem_;
  }

  const http_request& from() const noexcept { return from_; }

private:
  const http_request& from_;
  bool is_action_;
  admin_json body_;
  std::optional<admin_problem> problem_;
};

} // namespace rookery
