#include "actors/client/permissions.hpp"

namespace rookery {

namespace {

constexpr char private_prefix = '$';
constexpr char user_boundary = '#';
constexpr char user_separator = ',';

bool is_user_limited(std::string_view channel) noexcept {
  return channel.find(user_boundary) != channel.npos;
}

using option = bool channel_options::*;

bool passes(bool allowed, const permission_query& who) noexcept {
  return allowed && (!who.user.empty() || who.options.allow_anonymous);
}

/// Returns the option that gives the same permission to subscribers only.
option for_subscriber(option allowed) noexcept {
  if (allowed == &channel_options::allow_publish)
    return &channel_options::allow_publish_for_subscriber;
  if (allowed == &channel_options::allow_presence)
    return &channel_options::allow_presence_for_subscriber;
  return &channel_options::allow_history_for_subscriber;
}

bool is_guest(const permission_query& who) noexcept {
  return who.options.allow_user_limited && is_listed(who.channel, who.user);
}

} // namespace

bool is_restricted(std::string_view channel) noexcept {
  return channel.starts_with(private_prefix) || is_user_limited(channel);
}

bool is_listed(std::string_view channel, std::string_view user) noexcept {
  if (user.empty() || !is_user_limited(channel))
    return false;
  auto rest = channel.substr(channel.rfind(user_boundary) + 1);
  for (;;) {
    const auto end = rest.find(user_separator);
    if (rest.substr(0, end) == user)
      return true;
    if (end == rest.npos)
      return false;
    rest.remove_prefix(end + 1);
  }
}

bool may_subscribe(const permission_query& who) noexcept {
  if (who.channel.starts_with(private_prefix))
    return false;
  if (is_user_limited(who.channel))
    return is_guest(who);
  return passes(who.options.allow_subscribe, who);
}

bool may(bool channel_options::*allowed, const permission_query& who) noexcept {
  if (is_restricted(who.channel) && !who.is_subscribed
      && (who.channel.starts_with(private_prefix) || !is_guest(who)))
    return false;
  return passes(
    who.options.*allowed
      || (who.is_subscribed && who.options.*for_subscriber(allowed)),
    who);
}

channel_options unlocked(channel_options options,
                         bool channel_options::*allowed) noexcept {
  options.*allowed = true;
  options.allow_anonymous = true;
  return options;
}

} // namespace rookery
