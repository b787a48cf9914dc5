#pragma once

#include "configs/settings_table.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// The address of a setting. An option of channels exists once by itself, for
/// the default namespace, and once in each named one.
struct setting_key {
  const setting* entry = nullptr;
  std::string name_space = {}; ///< its name; empty: none

  /// The written form: "listen.port", "namespace.chat.presence".
  std::string text() const;

  auto operator<=>(const setting_key&) const = default;
};

/// Returns the setting that `text` addresses, or nullopt. Its namespace need
/// not exist.
std::optional<setting_key> find_setting_key(std::string_view text);

/// Returns true if a namespace may have this name: 1 to 64 ASCII letters,
/// digits, - and _.
bool is_namespace_name(std::string_view name) noexcept;

/// Returns "chat" for the group "namespace.chat"; nullopt for other groups and
/// for invalid names.
std::optional<std::string_view> namespace_of_group(std::string_view group);

} // namespace rookery
