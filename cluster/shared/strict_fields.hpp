#pragma once

#include "actors/message/claims.hpp"
#include "cluster/shared/json_object.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// Reads claims, or what else has their form, out of an object, one by one, and
/// remembers the first that is
/// not what it should be. What it returns for such a claim has no meaning.
class strict_fields {
public:
  explicit strict_fields(const json_object& members) : members_{members} {}

  /// What is wrong with the first bad claim, of a fixed set of texts; empty: no
  /// claim that was read is bad.
  std::string_view problem() const noexcept { return problem_; }

  /// A string; empty if absent.
  std::string text(std::string_view name);

  /// A list of strings, none of them empty; empty if absent.
  std::vector<std::string> texts(std::string_view name);

  /// A boolean; false if absent.
  bool flag(std::string_view name);

  /// A whole number; 0 if absent.
  std::int64_t number(std::string_view name);

  /// NumericDate of RFC 7519 in whole seconds, up to the year 9999.
  std::optional<std::chrono::sys_seconds> time(std::string_view name);

  /// Any value as JSON; empty if absent.
  std::string json(std::string_view name);

  /// The bytes of claim `base64_name` or, without it, the JSON of claim `name`.
  claim_data data(std::string_view name, std::string_view base64_name);

  /// `override`: an object with `{"value": BOOLEAN}` for each option.
  channel_overrides overrides();

  /// `subs`: an object with the grant of each channel.
  string_map<granted_channel> subs();

  /// Whether claim `name` is the string `wanted` or a list with it.
  bool names(std::string_view name, std::string_view wanted) const;

private:
  /// The JSON of a claim; null if it is absent or null.
  const std::string* find(std::string_view name) const;

  void fail(std::string_view problem);
  granted_channel grant(const std::string& text);
  std::optional<bool> override_of(const json_object& options,
                                  std::string_view name);

  const json_object& members_;
  std::string_view problem_;
};

} // namespace rookery
