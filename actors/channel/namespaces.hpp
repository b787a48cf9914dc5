#pragma once

#include "actors/message/history.hpp"
#include "actors/text/string_map.hpp"
#include "configs/settings.hpp"

#include <string_view>
#include <utility>

namespace rookery {

/// The options of a channel: those of its namespace in the settings.
using channel_options = settings::channel_settings;

/// Returns the limits of a channel's history.
inline history_options history_of(const channel_options& given) noexcept {
  return {given.history_size, given.history_ttl};
}

/// The namespaces of a node: `name:rest` belongs to the namespace `name` if
/// there is one, every other channel to the default one. The `$` in front of a
/// private channel is not part of the name. Immutable.
class namespaces {
public:
  namespaces() = default;

  namespaces(channel_options standard, string_map<channel_options> named)
    : standard_{standard}, named_{std::move(named)} {}

  explicit namespaces(const settings& given)
    : standard_{given.channel},
      named_{given.namespaces.begin(), given.namespaces.end()} {}

  const channel_options& of(std::string_view channel) const {
    const auto* found = find(channel);
    return found ? *found : standard_;
  }

  /// Returns true if the channel has no prefix or its prefix names a namespace.
  bool is_known(std::string_view channel) const {
    return channel.find(':') == std::string_view::npos || find(channel);
  }

private:
  const channel_options* find(std::string_view channel) const {
    const auto colon = channel.find(':');
    if (colon == std::string_view::npos)
      return nullptr;
    auto name = channel.substr(0, colon);
    if (name.starts_with('$'))
      name.remove_prefix(1);
    const auto found = named_.find(name);
    return found == named_.end() ? nullptr : &found->second;
  }

  channel_options standard_;
  string_map<channel_options> named_;
};

} // namespace rookery
