#pragma once

#include "actors/message/history.hpp"
#include "actors/text/string_map.hpp"

#include <string_view>

namespace rookery {

/// The options of the channels of one namespace.
struct channel_options {
  /// Without it publications are not kept, and clients cannot recover.
  history_options history;
  /// The bus keeps the presence of the channel.
  bool presence = false;
  /// Subscribers that ask for it get joins and leaves, with `force_join_leave`
  /// all of them.
  bool join_leave = false;
  bool force_join_leave = false;
  /// Clients recover also without asking for it.
  bool force_recovery = false;
  /// The acts allowed to clients without a token for them; `allow_anonymous`
  /// allows them also to clients without a user.
  bool allow_subscribe = false;
  bool allow_publish = false;
  bool allow_presence = false;
  bool allow_history = false;
  bool allow_anonymous = false;
  /// A backend decides instead.
  bool hook_subscribe = false;
  bool hook_publish = false;

  bool operator==(const channel_options&) const = default;
};

/// The namespaces of a node: `name:rest` belongs to the namespace `name` if
/// there is one, every other channel to the default one. The `$` in front of a
/// private channel is no part of the name. Immutable.
class namespaces {
public:
  namespaces() = default;

  namespaces(channel_options standard, string_map<channel_options> named)
    : standard_{standard}, named_{std::move(named)} {}

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
