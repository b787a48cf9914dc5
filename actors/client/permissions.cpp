#include "actors/client/permissions.hpp"

namespace rookery {

namespace {

constexpr char private_prefix = '$';
constexpr char user_boundary = '#';
constexpr char user_separator = ',';

bool is_user_limited(std::string_view channel) noexcept {
  return channel.find(user_boundary) != channel.npos;
}

bool passes(bool allowed, const permission_query& who) noexcept {
  return allowed && (!who.user.empty() || who.options.allow_anonymous);
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
    return is_listed(who.channel, who.user);
  return passes(who.options.allow_subscribe, who);
}

bool may(bool channel_options::*allowed, const permission_query& who) noexcept {
  if (is_restricted(who.channel) && !who.is_subscribed
      && (who.channel.starts_with(private_prefix)
          || !is_listed(who.channel, who.user)))
    return false;
  return passes(who.options.*allowed, who);
}

channel_options unlocked(channel_options options,
                         bool channel_options::*allowed) noexcept {
  options.*allowed = true;
  options.allow_anonymous = true;
  return options;
}

} // namespace rookery
