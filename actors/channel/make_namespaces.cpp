#include "actors/channel/make_namespaces.hpp"

namespace rookery {

namespace {

channel_options options_of(const settings::channel_settings& given) {
  return {
    .history = {.size = given.history_size, .ttl = given.history_ttl},
    .presence = given.presence,
    .join_leave = given.join_leave,
    .force_join_leave = given.force_join_leave,
    .force_recovery = given.force_recovery,
    .allow_subscribe = given.allow_subscribe,
    .allow_publish = given.allow_publish,
    .allow_presence = given.allow_presence,
    .allow_history = given.allow_history,
    .allow_anonymous = given.allow_anonymous,
    .hook_subscribe = given.hook_subscribe,
    .hook_publish = given.hook_publish,
  };
}

} // namespace

namespaces make_namespaces(const settings& given) {
  string_map<channel_options> named;
  for (const auto& [name, options] : given.namespaces)
    named.emplace(name, options_of(options));
  return {options_of(given.channel), std::move(named)};
}

} // namespace rookery
