#pragma once

#include "configs/settings_table.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// A setting as it is addressed: those of channels once by themselves, for the
/// default namespace, and once in each named one.
struct setting_key {
  const setting* entry = nullptr;
  std::string name_space = {}; ///< its name; empty: none

  /// As it is written: "listen.port", "namespace.chat.presence".
  std::string text() const;

  auto operator<=>(const setting_key&) const = default;
};

/// Returns the setting that `text` addresses, or nothing. The namespace it is
/// in need not exist.
std::optional<setting_key> find_setting_key(std::string_view text);

/// Whether a namespace may have this name: 1 to 64 ASCII letters, digits, - and
/// _.
bool is_namespace_name(std::string_view name) noexcept;

/// Returns "chat" of the group "namespace.chat"; nothing of other groups and
/// where the name is none.
std::optional<std::string_view> namespace_of_group(std::string_view group);

} // namespace rookery
