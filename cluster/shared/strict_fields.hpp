#pragma once

#include "actors/message/claims.hpp"
#include "cluster/shared/json_object.hpp"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// Reads typed members of an object and keeps the first error. Serves claims of
/// tokens, answers of backends and API commands. A member that is null counts
/// as absent, except for `time`. The value returned for a bad member has no
/// meaning.
class strict_fields {
public:
  explicit strict_fields(const json_object& members) : members_{members} {}

  /// The first error, which names the member; empty if there is none.
  std::string_view problem() const noexcept { return problem_; }

  /// A string; empty if absent.
  std::string text(std::string_view name);

  /// The name of a user; empty if absent.
  std::string user(std::string_view name);

  /// A list of strings, none of them empty; empty if absent.
  std::vector<std::string> texts(std::string_view name);

  /// A boolean; `otherwise` if absent.
  bool flag(std::string_view name, bool otherwise = false);

  /// A whole number; 0 if absent.
  std::int64_t number(std::string_view name);

  /// A NumericDate (RFC 7519, section 2) rounded down to seconds, up to the
  /// year 9999; nullopt if absent.
  std::optional<std::chrono::sys_seconds> time(std::string_view name);

  /// Any value as JSON that can be passed on unread; empty if absent.
  std::string json(std::string_view name);

  /// The bytes of member `base64_name` or, without it, the JSON of `name`.
  claim_data data(std::string_view name, std::string_view base64_name);

  /// The members `info` and `b64info` of a client, as `data` reads them. It
  /// must fit into a field of a publication.
  claim_data info();

  /// The member `override`: an object with `{"value": BOOLEAN}` for each
  /// option.
  channel_overrides overrides();

  /// The member `subs`: an object with the grant of each channel.
  string_map<granted_channel> subs();

  /// Fails for members of these names, unless they ask for nothing: null,
  /// false, 0, an empty text or object.
  void refuse(std::initializer_list<std::string_view> names);

  /// Returns true if member `name` is the string `wanted` or a list with it.
  bool names(std::string_view name, std::string_view wanted) const;

private:
  /// The JSON of a member; null if it is absent or null.
  const std::string* find(std::string_view name) const;

  void fail(std::string_view name, std::string_view problem);
  granted_channel grant(const std::string& text);
  std::optional<bool> override_of(const json_object& options,
                                  std::string_view name);

  const json_object& members_;
  std::string problem_;
};

} // namespace rookery
