#pragma once

#include "configs/settings.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rookery {

/// Finds a field of type `T` in the settings.
template <class T>
using field_of = T& (*)(settings&);

/// The place of a setting in memory, which also decides its type.
using setting_field =
  std::variant<field_of<bool>, field_of<std::string>,
               field_of<std::vector<std::string>>, field_of<std::uint16_t>,
               field_of<unsigned>, field_of<std::size_t>,
               field_of<std::chrono::milliseconds>>;

/// The visibility of a setting's value.
enum class secrecy : std::uint8_t {
  open,        ///< shown everywhere
  secret,      ///< never in logs or errors; its twin `KEY-file` names a file
  secret_file, ///< the name of a file that holds a secret
};

/// One setting: its key, its help and the checks of its value.
struct setting {
  std::string_view key; ///< "group.name"
  setting_field field;
  std::string_view help;
  std::int64_t min = 0; ///< in `unit`; milliseconds for durations
  std::int64_t max = 0;
  std::string_view unit = {};
  std::string_view choices = {}; ///< of a string: "this|that"; empty: any
  secrecy visibility = secrecy::open;

  std::string_view group() const { return key.substr(0, key.find('.')); }

  std::string_view name() const { return key.substr(key.find('.') + 1); }

  /// Returns true if each namespace has this setting, too.
  bool is_channel_option() const { return group() == "channel"; }
};

/// A group of settings, for --help and configuration files.
struct setting_group {
  std::string_view name;
  std::string_view help;
};

/// The group of the named namespaces. It has no settings of its own: each
/// namespace has the options of channels.
inline constexpr std::string_view namespace_group = "namespace";

/// Every setting; those of one group follow each other in their order. The only
/// place where keys are spelled.
std::span<const setting> settings_table() noexcept;

/// Every group, in the order of the help.
std::span<const setting_group> setting_groups() noexcept;

/// Returns the setting named `key`, or null.
const setting* find_setting(std::string_view key) noexcept;

/// Returns the group named `name`, or null.
const setting_group* find_setting_group(std::string_view name) noexcept;

} // namespace rookery
