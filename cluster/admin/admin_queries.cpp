#include "cluster/admin/admin_queries.hpp"

#include "cluster/admin/admin_rows.hpp"
#include "cluster/admin/gaps_route.hpp"
#include "cluster/admin/nodes_view.hpp"
#include "cluster/admin/why_route.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

listing_query read_actors(admin_request& request) {
  listing_query query;
  query.kind = request.text("kind");
  query.user = request.text("user");
  query.channel = request.text("channel");
  query.protocol = request.protocol("protocol");
  query.is_slow = request.flag("slow");
  query.order = request.order(listing_order::id);
  query.after = request.number("after");
  query.limit = request.limit();
  return query;
}

listing_query read_connections(admin_request& request) {
  auto query = read_actors(request);
  query.kind = "connection";
  return query;
}

listing_query read_channels(admin_request& request) {
  listing_query query;
  query.kind = "channel";
  query.prefix = request.text("prefix");
  query.order = request.order(listing_order::name);
  query.after_name = request.text("after");
  query.limit = request.limit();
  return query;
}

listing_query connections_of(const std::string& user) {
  listing_query query;
  query.kind = "connection";
  query.user = user;
  query.limit = admin_request::default_limit;
  return query;
}

listing_query parts_of_channel(const std::string& channel) {
  listing_query query;
  query.kind = "channel";
  query.channel = channel;
  query.limit = admin_request::max_limit;
  return query;
}

listing_query most_of(std::string kind, listing_order order,
                      std::uint32_t limit) {
  listing_query query;
  query.kind = std::move(kind);
  query.order = order;
  query.limit = limit;
  return query;
}

/// Asks each loop for twice as many channels as are shown: the sum of a
/// channel's loops may rank it higher than each of its loops does.
listing_query candidates(listing_query query) {
  query.limit = std::min(2 * query.limit, admin_request::max_limit);
  return query;
}

/// Asks all loops for the channels that query 0 found, so that their sums are
/// complete.
std::vector<node_query> ask_for_sums(const query_answers& answers,
                                     listing_query query) {
  query.limit = admin_request::max_limit;
  listing_query whole;
  whole.kind = "channel";
  whole.order = listing_order::name;
  for (const auto& row : join_channels(answers, 0, query).rows)
    whole.names.push_back(row.at("name"));
  if (whole.names.empty())
    return {};
  std::ranges::sort(whole.names);
  whole.limit = static_cast<std::uint32_t>(whole.names.size());
  return {whole};
}

/// Asks for channels in an order by size, and for `others`. The last answer has
/// the complete sums.
operator_query ask_for_most(const listing_query& query,
                            const std::vector<node_query>& others = {}) {
  operator_query result;
  result.queries.push_back(candidates(query));
  for (const auto& each : others)
    result.queries.push_back(each);
  result.further = [query](const query_answers& answers) {
    return ask_for_sums(answers, query);
  };
  return result;
}

json page_of(std::string_view name, admin_rows page) {
  json result{{name, std::move(page.rows)}};
  if (!page.next.empty())
    result["next"] = page.next;
  return result;
}

// The queries of each path to the nodes, and the JSON made of their answers.

operator_query ask_states(admin_request&) {
  return {"", {state_query{}}};
}

json show_all_nodes(admin_request&, const query_answers& answers) {
  return show_nodes(answers);
}

operator_query ask_actors(admin_request& request) {
  return {request.text("node"), {read_actors(request)}};
}

json show_actors(admin_request& request, const query_answers& answers) {
  return page_of("actors", join_actors(answers, 0, read_actors(request)));
}

operator_query ask_connections(admin_request& request) {
  return {request.text("node"), {read_connections(request)}};
}

json show_connections(admin_request& request, const query_answers& answers) {
  return page_of("connections",
                 join_actors(answers, 0, read_connections(request)));
}

constexpr std::string_view actor_path = "/api/actors/";

operator_query ask_actor(admin_request& request) {
  return {node_or_self(request),
          {actor_query{request.number_behind(actor_path)}}};
}

json show_actor(admin_request& request, const query_answers& answers) {
  for (const auto& node : answers.nodes) {
    const auto& rows = node.answers.at(0).at("rows");
    if (rows.empty())
      continue;
    json actor{{"node", node.who.id}};
    actor.update(rows.at(0));
    return {{"actor", std::move(actor)}};
  }
  if (!answers.nodes.empty())
    request.fail(404, "no such actor");
  return json::object();
}

operator_query ask_channels(admin_request& request) {
  const auto query = read_channels(request);
  if (query.order != listing_order::name)
    return ask_for_most(query);
  return {"", {query}};
}

json show_channels(admin_request& request, const query_answers& answers) {
  const auto query = read_channels(request);
  return page_of(
    "channels",
    join_channels(answers, query.order == listing_order::name ? 0 : 1, query));
}

operator_query ask_channel(admin_request& request) {
  const auto name = request.channel("name");
  return {"",
          {parts_of_channel(name), options_query{name}, position_query{name}}};
}

/// Returns the first answer to query `ask` that is not an error, or null.
json first_good(const query_answers& answers, std::size_t ask) {
  for (const auto& node : answers.nodes)
    if (ask < node.answers.size() && !node.answers[ask].contains("error"))
      return node.answers[ask];
  return nullptr;
}

json show_channel(admin_request& request, const query_answers& answers) {
  const auto name = request.text("name");
  const auto query = parts_of_channel(name);
  const auto sums = join_channels(answers, 0, query);
  json result{{"channel", name}, {"members", 0}};
  for (const auto& sum : sums.rows)
    result.update(sum);
  result.erase("name");
  result.erase("nodes"); // `query_answers::frame` lists them
  result["options"] = first_good(answers, 1);
  result["history"] = first_good(answers, 2);
  result["parts"] = join_actors(answers, 0, query).rows;
  return result;
}

operator_query ask_user(admin_request& request) {
  const auto user = request.needed_text("id");
  events_query events;
  events.what.user = user;
  return {"", {connections_of(user), events}};
}

json show_user(admin_request& request, const query_answers& answers) {
  const auto user = request.text("id");
  return {{"user", user},
          {"connections", join_actors(answers, 0, connections_of(user)).rows},
          {"events", join_events(answers, 1, admin_request::default_limit)}};
}

operator_query ask_events(admin_request& request) {
  events_query events;
  events.what.what = request.text("what");
  events.what.user = request.text("user");
  events.what.channel = request.text("channel");
  events.what.connection = request.number("connection");
  events.what.limit = request.limit();
  return {request.text("node"), {events}};
}

json show_events(admin_request& request, const query_answers& answers) {
  return {{"events", join_events(answers, 0, request.limit())}};
}

operator_query ask_bridge(admin_request& request) {
  return {request.text("node"), {buses_query{.drift = request.flag("drift")}}};
}

json show_bridge(admin_request&, const query_answers& answers) {
  auto buses = json::array();
  for (auto& part : parts_of(answers, 0))
    buses.push_back(std::move(part));
  return {{"buses", std::move(buses)}};
}

constexpr std::uint32_t top_limit = 10;

/// Returns the query for the connections with the most queued bytes, without
/// those that have none.
listing_query fullest(std::uint32_t limit) {
  auto query = most_of("", listing_order::bytes, limit);
  query.is_slow = true;
  return query;
}

listing_query busiest(std::uint32_t limit) {
  return most_of("channel", listing_order::rate, limit);
}

listing_query slowest(std::uint32_t limit) {
  return most_of("connection", listing_order::round_trip, limit);
}

operator_query ask_top(admin_request& request) {
  const auto limit = request.limit(top_limit);
  return ask_for_most(busiest(limit), {slowest(limit), fullest(limit)});
}

json show_top(admin_request& request, const query_answers& answers) {
  const auto limit = request.limit(top_limit);
  return {{"channels", join_channels(answers, 3, busiest(limit)).rows},
          {"connections", join_actors(answers, 1, slowest(limit)).rows},
          {"queues", join_actors(answers, 2, fullest(limit)).rows}};
}

operator_query ask_drain(admin_request& request) {
  return {request.needed_text("node"), {drain_command{}, state_query{}}};
}

json show_drain(admin_request&, const query_answers& answers) {
  if (answers.nodes.empty())
    return json::object();
  const auto& node = answers.nodes.front();
  return {{"node", node.who.id}, {"drain", drain_progress(node.answers, 0, 1)}};
}

constexpr std::array<admin_route, 13> routes{{
  {"nodes", &ask_states, &show_all_nodes},
  {"actors", &ask_actors, &show_actors},
  {"actors/", &ask_actor, &show_actor},
  {"connections", &ask_connections, &show_connections},
  {"channels", &ask_channels, &show_channels},
  {"channel", &ask_channel, &show_channel},
  {"user", &ask_user, &show_user},
  {"events", &ask_events, &show_events},
  {"bridge", &ask_bridge, &show_bridge},
  {"top", &ask_top, &show_top},
  {"gaps", &ask_gaps, &show_gaps},
  {"why", &ask_why, &show_why},
  {"drain", &ask_drain, &show_drain},
}};

} // namespace

std::span<const admin_route> admin_queries() {
  return routes;
}

} // namespace rookery
