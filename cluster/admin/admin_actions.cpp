#include "cluster/admin/admin_actions.hpp"

#include "actors/message/dictated_close.hpp"
#include "cluster/admin/admin_rows.hpp"
#include "cluster/admin/nodes_view.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

/// The maximum rate of a drain, in clients per second.
constexpr std::uint64_t fastest = 1'000'000;
constexpr std::uint64_t usual_rate = 100;

json show_reached(admin_request&, const query_answers& answers) {
  std::uint64_t sum = 0;
  for (const auto& node : answers.nodes)
    sum += node.clients;
  return {{"clients", sum}};
}

operator_query ask_kick(admin_request& request) {
  const auto id = request.number("connection");
  if (id == 0)
    request.fail(400, "connection is missing");
  return {node_or_self(request), {kick_command{id}}};
}

json show_kick(admin_request& request, const query_answers& answers) {
  std::uint64_t sum = 0;
  for (const auto& part : parts_of(answers, 0))
    sum += part.at("ended").get<std::uint64_t>();
  if (sum == 0 && !answers.nodes.empty())
    request.fail(404, "no such connection");
  return {{"clients", sum}};
}

operator_query ask_disconnect(admin_request& request) {
  operator_query result;
  result.command =
    client_command{request.needed_text("user"), "", disconnect_action{}};
  return result;
}

operator_query ask_unsubscribe(admin_request& request) {
  operator_query result;
  const auto user = request.needed_text("user");
  result.command =
    client_command{user, "", unsubscribe_action{request.channel("channel")}};
  return result;
}

operator_query ask_publish(admin_request& request) {
  const auto channel = request.channel("channel");
  const auto data = request.value("data");
  if (data.is_null() == !request.has("text"))
    request.fail(400, "either data or text is needed");
  const auto text = data.is_null() ? request.text("text") : data.dump();
  return {std::string{self_node}, {publish_text_command{channel, text}}};
}

json show_publish(admin_request& request, const query_answers& answers) {
  if (answers.nodes.empty())
    return json::object();
  auto result = answers.nodes.front().answers.at(0);
  const auto verdict = result.value("verdict", "unknown");
  if (verdict != "accepted") {
    std::string why = verdict == "refused"
                        ? "refused: "
                        : "outcome unknown, perhaps published: ";
    why += result.value("problem", "");
    request.fail(503, std::move(why));
  }
  result.erase("verdict");
  result.erase("problem");
  return result;
}

operator_query ask_reconcile(admin_request& request) {
  return {request.text("node"), {buses_query{.renew = true}}};
}

json show_reconcile(admin_request& request, const query_answers& answers) {
  std::uint64_t sum = 0;
  for (const auto& part : parts_of(answers, 0)) {
    if (part.at("drift").contains("error"))
      request.fail(503, part["drift"]["error"]);
    else
      sum += part["drift"].at("renewed").get<std::uint64_t>();
  }
  return {{"renewed", sum}};
}

operator_query ask_drain(admin_request& request) {
  const auto node = request.needed_text("node");
  const auto what = request.needed_text("do");
  const auto verb = drain_verb_named(what).value_or(drain_command::verb::look);
  if (verb == drain_command::verb::look)
    request.fail(400, "do must be start, pause, resume or cancel");
  const auto rate = request.has("rate") ? request.number("rate") : usual_rate;
  if (rate == 0 || rate > fastest)
    request.fail(400, "rate must be from 1 to 1000000 clients a second");
  return {
    node,
    {drain_command{verb, static_cast<std::uint32_t>(rate)}, state_query{}}};
}

json show_drain(admin_request&, const query_answers& answers) {
  if (answers.nodes.empty())
    return json::object();
  const auto& node = answers.nodes.front();
  return {{"node", node.who.id}, {"drain", drain_progress(node.answers, 0, 1)}};
}

operator_query ask_log_level(admin_request& request) {
  static constexpr std::array<std::string_view, 5> levels{
    "trace", "debug", "info", "warn", "error"};
  const auto level = request.needed_text("level");
  if (std::ranges::find(levels, level) == levels.end())
    request.fail(400, "level must be trace, debug, info, warn or error");
  return {request.text("node"), {log_level_command{level}}};
}

json show_log_level(admin_request& request, const query_answers&) {
  return {{"level", request.text("level")}};
}

constexpr std::array<admin_route, 7> routes{{
  {"kick", &ask_kick, &show_kick},
  {"disconnect-user", &ask_disconnect, &show_reached},
  {"unsubscribe", &ask_unsubscribe, &show_reached},
  {"publish", &ask_publish, &show_publish},
  {"bridge/reconcile", &ask_reconcile, &show_reconcile},
  {"drain", &ask_drain, &show_drain},
  {"log-level", &ask_log_level, &show_log_level},
}};

} // namespace

std::span<const admin_route> admin_actions() {
  return routes;
}

} // namespace rookery
