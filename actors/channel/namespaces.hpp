#pragma once

#include "actors/message/history.hpp"
#include "actors/text/string_map.hpp"

#include <string_view>

namespace rookery {

/// What holds for the channels of one namespace.
struct channel_options {
  /// Without: nothing is kept and nobody recovers.
  history_options history;
  /// Whether presence is kept.
  bool presence = false;
  /// Whether subscribers who ask for it, or with `force_join_leave` all, are
  /// told who joins and leaves.
  bool join_leave = false;
  bool force_join_leave = false;
  /// Whether clients always recover, asked or not.
  bool force_recovery = false;
  /// Who may do what without a token that allows it. `anonymous`: those without
  /// a user, in addition.
  bool allow_subscribe = false;
  bool allow_publish = false;
  bool allow_presence = false;
  bool allow_history = false;
  bool allow_anonymous = false;
  /// Whether a backend decides instead.
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

  /// Whether the channel's prefix, if it has one, names a namespace.
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
