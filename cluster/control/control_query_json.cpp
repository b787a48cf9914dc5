#include "cluster/control/control_query_json.hpp"

#include "cluster/control/node_query_json.hpp"

#include <nlohmann/json.hpp>

namespace rookery {

namespace {

using json = nlohmann::json;
using std::chrono::sys_seconds;

json time_of(const std::optional<sys_seconds>& time) {
  return time ? json(time->time_since_epoch().count()) : json();
}

std::optional<sys_seconds> read_time(const json& from) {
  if (from.is_null())
    return std::nullopt;
  return sys_seconds{std::chrono::seconds{from.get<std::int64_t>()}};
}

json flag_of(const std::optional<bool>& flag) {
  return flag ? json(*flag) : json();
}

std::optional<bool> read_flag(const json& from) {
  return from.is_null() ? std::nullopt : std::optional{from.get<bool>()};
}

json overrides_of(const channel_overrides& given) {
  return {flag_of(given.presence), flag_of(given.join_leave),
          flag_of(given.force_push_join_leave), flag_of(given.force_recovery),
          flag_of(given.force_positioning)};
}

channel_overrides read_overrides(const json& from) {
  return {read_flag(from.at(0)), read_flag(from.at(1)), read_flag(from.at(2)),
          read_flag(from.at(3)), read_flag(from.at(4))};
}

json since_of(const std::optional<stream_position>& since) {
  return since ? json{since->offset, since->epoch} : json();
}

std::optional<stream_position> read_since(const json& from) {
  if (from.is_null())
    return std::nullopt;
  return stream_position{from.at(0), from.at(1)};
}

// JSON from clients is sent as a string.
void write(json& to, const subscribe_action& action) {
  to["do"] = "subscribe";
  to["channel"] = action.channel;
  to["expires_at"] = time_of(action.expires_at);
  to["info"] = action.grant.info.bytes;
  to["data"] = action.grant.data.bytes;
  to["overrides"] = overrides_of(action.grant.overrides);
  to["since"] = since_of(action.since);
}

void write(json& to, const unsubscribe_action& action) {
  to["do"] = "unsubscribe";
  to["channel"] = action.channel;
}

void write(json& to, const disconnect_action& action) {
  to["do"] = "disconnect";
  to["code"] = action.how.code;
  to["reason"] = action.how.text;
  to["except"] = action.except;
}

void write(json& to, const refresh_action& action) {
  to["do"] = "refresh";
  to["expired"] = action.has_expired;
  to["expires_at"] = time_of(action.expires_at);
}

void write(json& to, const client_command& command) {
  to["about"] = "clients";
  to["user"] = command.user;
  to["client"] = command.client;
  std::visit([&to](const auto& action) { write(to, action); }, command.action);
}

void write(json& to, const channels_query& query) {
  to["about"] = "channels";
  to["pattern"] = query.pattern;
}

void write(json& to, const info_query&) {
  to["about"] = "info";
}

void write(json& to, const admin_query& query) {
  to["about"] = "node";
  to["node"] = query.node;
  auto& queries = to["queries"] = json::array();
  for (const auto& each : query.queries)
    queries.push_back(to_json(each));
}

void write(json& to, const admin_reply& reply) {
  to["admin"] = reply.text;
}

void write(json& to, const clients_reached& result) {
  to["clients_reached"] = result.clients;
}

void write(json& to, const channels_page& page) {
  auto& channels = to["channels"] = json::array();
  for (const auto& each : page.channels)
    channels.push_back({each.name, each.subscribers});
  to["is_cut"] = page.is_cut;
}

void write(json& to, const node_counts& counts) {
  to["counts"] = {counts.clients, counts.users, counts.channels,
                  counts.subscriptions};
}

template <class Variant>
json object_of(const Variant& what) {
  auto result = json::object();
  std::visit([&result](const auto& each) { write(result, each); }, what);
  return result;
}

subscribe_action read_subscribe(const json& from) {
  subscribe_action result;
  result.channel = from.at("channel");
  result.expires_at = read_time(from.at("expires_at"));
  result.grant.info = {from.at("info"), true};
  result.grant.data = {from.at("data"), true};
  result.grant.overrides = read_overrides(from.at("overrides"));
  result.since = read_since(from.at("since"));
  return result;
}

std::optional<client_command> read_command(const json& from) {
  client_command result{from.at("user"), from.at("client"), {}};
  const std::string action = from.at("do");
  if (action == "subscribe")
    result.action = read_subscribe(from);
  else if (action == "unsubscribe")
    result.action = unsubscribe_action{from.at("channel")};
  else if (action == "disconnect")
    result.action = disconnect_action{{from.at("code"), from.at("reason")},
                                      from.at("except")};
  else if (action == "refresh")
    result.action =
      refresh_action{from.at("expired"), read_time(from.at("expires_at"))};
  else
    return std::nullopt;
  return result;
}

admin_query read_admin_query(const json& from) {
  admin_query result;
  result.node = from.at("node");
  for (const auto& each : from.at("queries"))
    result.queries.push_back(read_node_query(each));
  return result;
}

channels_page read_page(const json& from) {
  channels_page result;
  for (const auto& each : from.at("channels"))
    result.channels.push_back({each.at(0), each.at(1)});
  result.is_cut = from.at("is_cut");
  return result;
}

} // namespace

json to_json(const control_query& query) {
  return object_of(query);
}

json to_json(const control_result& result) {
  return object_of(result);
}

std::optional<control_query> read_control_query(const json& from) {
  const std::string about = from.at("about");
  if (about == "clients")
    return read_command(from);
  if (about == "channels")
    return channels_query{from.at("pattern")};
  if (about == "info")
    return info_query{};
  if (about == "node")
    return read_admin_query(from);
  return std::nullopt;
}

std::optional<control_result> read_control_result(const json& from) {
  if (from.contains("clients_reached"))
    return clients_reached{from.at("clients_reached")};
  if (from.contains("channels"))
    return read_page(from);
  if (from.contains("admin"))
    return admin_reply{from.at("admin")};
  if (from.contains("counts")) {
    const auto& counts = from.at("counts");
    return node_counts{counts.at(0), counts.at(1), counts.at(2), counts.at(3)};
  }
  return std::nullopt;
}

} // namespace rookery
