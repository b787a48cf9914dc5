#include "cluster/control/node_query_json.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

namespace rookery {

using nlohmann::json;

// The JSON library finds these functions by their names. A member of a query
// has the same name in JSON.
void to_json(json& to, listing_order order) {
  to = to_string(order);
}

void from_json(const json& from, listing_order& order) {
  order = listing_order_named(from.get<std::string>()).value();
}

void to_json(json& to, drain_command::verb what) {
  to = to_string(what);
}

void from_json(const json& from, drain_command::verb& what) {
  what = drain_verb_named(from.get<std::string>()).value();
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(listing_query, kind, user, channel, protocol,
                                   prefix, names, is_slow, has_gaps, order,
                                   after, after_name, limit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(actor_query, id)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(buses_query, drift, renew)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ledger_query, channel, max_members,
                                   connection)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(journal_query, after, what, connection, user,
                                   channel, limit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(position_query, channel)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(options_query, channel)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(kick_command, connection)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(publish_text_command, channel, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(drain_command, what, rate)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(log_level_command, level)

void to_json(json& to, const events_query& query) {
  to["what"] = query.what;
  if (query.known)
    to["known"] = *query.known;
}

void from_json(const json& from, events_query& query) {
  from.at("what").get_to(query.what);
  if (const auto known = from.find("known"); known != from.end())
    query.known.emplace() = known->get<decltype(query.known)::value_type>();
}

namespace {

/// The kinds in JSON, in the order of the types in `node_query`.
constexpr std::array<std::string_view, std::variant_size_v<node_query>> kinds{
  "unknown",  "state",   "listing", "actor",   "buses", "ledger",   "events",
  "position", "options", "kick",    "publish", "drain", "log_level"};

template <std::size_t... Is>
node_query
read(std::string_view kind, const json& from, std::index_sequence<Is...>) {
  node_query result;
  const auto read_one = [&]<std::size_t I>() {
    auto& made = result.emplace<I>();
    if constexpr (!std::is_empty_v<std::decay_t<decltype(made)>>)
      from.get_to(made);
  };
  (void)((kinds[Is] == kind && (read_one.template operator()<Is>(), true))
         || ...);
  return result;
}

} // namespace

json to_json(const node_query& query) {
  auto result = std::visit(
    [](const auto& what) {
      if constexpr (std::is_empty_v<std::decay_t<decltype(what)>>)
        return json::object();
      else
        return json(what);
    },
    query);
  result["query"] = kinds[query.index()];
  return result;
}

node_query read_node_query(const json& from) {
  try {
    const std::string kind = from.at("query");
    return read(kind, from,
                std::make_index_sequence<std::variant_size_v<node_query>>{});
  } catch (const std::exception&) {
    return unknown_query{};
  }
}

} // namespace rookery
