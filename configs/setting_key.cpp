#include "configs/setting_key.hpp"

#include <algorithm>

namespace rookery {

namespace {

constexpr std::size_t longest_name = 64;

// Returns the text after "namespace.", or nullopt.
std::optional<std::string_view> within_namespaces(std::string_view text) {
  if (!text.starts_with(namespace_group))
    return std::nullopt;
  text.remove_prefix(namespace_group.size());
  return text.starts_with('.') ? std::optional{text.substr(1)} : std::nullopt;
}

const setting* find_channel_option(std::string_view name) {
  const auto found =
    std::ranges::find_if(settings_table(), [name](const setting& entry) {
      return entry.is_channel_option() && entry.name() == name;
    });
  return found == settings_table().end() ? nullptr : &*found;
}

} // namespace

std::string setting_key::text() const {
  if (name_space.empty())
    return std::string{entry->key};
  return std::string{namespace_group} + '.' + name_space + '.'
         + std::string{entry->name()};
}

std::optional<setting_key> find_setting_key(std::string_view text) {
  if (const auto* entry = find_setting(text))
    return setting_key{entry};
  const auto rest = within_namespaces(text);
  const auto dot = rest ? rest->find('.') : std::string_view::npos;
  if (dot == std::string_view::npos || !is_namespace_name(rest->substr(0, dot)))
    return std::nullopt;
  const auto* entry = find_channel_option(rest->substr(dot + 1));
  if (!entry)
    return std::nullopt;
  return setting_key{entry, std::string{rest->substr(0, dot)}};
}

bool is_namespace_name(std::string_view name) noexcept {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= longest_name
         && std::ranges::all_of(name, is_allowed);
}

std::optional<std::string_view> namespace_of_group(std::string_view group) {
  const auto name = within_namespaces(group);
  return name && is_namespace_name(*name) ? name : std::nullopt;
}

} // namespace rookery
