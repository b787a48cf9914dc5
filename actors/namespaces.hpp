#pragma once

#include "actors/history.hpp"
#include "actors/string_map.hpp"

#include <string_view>

namespace rookery {

/// What holds for the channels of one namespace.
struct channel_options {
  history_options history;

  bool operator==(const channel_options&) const = default;
};

/// The namespaces of a node: `name:rest` belongs to the namespace `name` if
/// there is one, every other channel to the default one. Immutable.
class namespaces {
public:
  namespaces() = default;

  namespaces(channel_options standard, string_map<channel_options> named)
    : standard_{standard}, named_{std::move(named)} {}

  const channel_options& of(std::string_view channel) const {
    const auto* found = find(channel);
    return found ? *found : standard_;
  }

  /// Whether the channel's prefix, if it has one, names a namespace.
  bool is_known(std::string_view channel) const {
    return channel.find(':') == std::string_view::npos || find(channel);
  }

private:
  const channel_options* find(std::string_view channel) const {
    const auto colon = channel.find(':');
    if (colon == std::string_view::npos)
      return nullptr;
    const auto found = named_.find(channel.substr(0, colon));
    return found == named_.end() ? nullptr : &found->second;
  }

  channel_options standard_;
  string_map<channel_options> named_;
};

} // namespace rookery
