#include "cluster/admin/gaps_route.hpp"

#include "cluster/admin/admin_rows.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

/// Returns the query for the latest events of one kind.
node_query latest(std::string_view what, std::uint32_t limit) {
  events_query result;
  result.what.what = what;
  result.what.limit = limit;
  return result;
}

listing_query channels_with_gaps(std::uint32_t limit) {
  listing_query query;
  query.kind = "channel";
  query.has_gaps = true;
  query.order = listing_order::name;
  query.limit = limit;
  return query;
}

/// Returns the channels that had gaps: their actors may have ended since.
std::set<std::string> names_of(const std::vector<json>& events) {
  std::set<std::string> result;
  for (const auto& each : events)
    if (each.at("what") != "repaired")
      result.insert(each.at("channel"));
  return result;
}

/// Returns the answers to queries 2 to 4, newest first.
std::vector<json> gap_events(const query_answers& answers,
                             std::uint32_t limit) {
  std::vector<json> result;
  for (std::size_t ask = 2; ask <= 4; ++ask)
    for (auto& each : join_events(answers, ask, limit))
      result.push_back(std::move(each));
  std::ranges::stable_sort(result, [](const json& x, const json& y) {
    return x.at("at") > y.at("at");
  });
  if (result.size() > limit)
    result.resize(limit);
  return result;
}

listing_query channels_named(const std::set<std::string>& names) {
  auto result = channels_with_gaps(static_cast<std::uint32_t>(names.size()));
  result.has_gaps = false;
  result.names.assign(names.begin(), names.end());
  return result;
}

/// Returns the rows of channels that have counted gaps, and of those that
/// `events` name.
json channels_of_gaps(const query_answers& answers, std::uint32_t limit,
                      const std::vector<json>& events) {
  auto result = join_channels(answers, 1, channels_with_gaps(limit)).rows;
  auto names = names_of(events);
  const auto live = join_channels(answers, 5, channels_named(names)).rows;
  for (const auto& row : result)
    names.erase(row.at("name"));
  for (const auto& name : names) {
    json shown{{"name", name},    {"members", 0},    {"publications", 0},
               {"deliveries", 0}, {"per_second", 0}, {"nodes", 0}};
    for (const auto& row : live)
      if (row.at("name") == name)
        shown = row;
    shown["gaps"] = std::ranges::count_if(events, [&](const json& each) {
      return each.at("channel") == name && each.at("what") == "gap";
    });
    result.push_back(std::move(shown));
  }
  return result;
}

} // namespace

operator_query ask_gaps(admin_request& request) {
  const auto limit = request.limit();
  operator_query result{"",
                        {state_query{}, channels_with_gaps(limit),
                         latest("gap", limit), latest("repaired", limit),
                         latest("lost", limit)}};
  result.further = [limit](const query_answers& answers) {
    const auto names = names_of(gap_events(answers, limit));
    return names.empty() ? std::vector<node_query>{}
                         : std::vector<node_query>{channels_named(names)};
  };
  return result;
}

admin_json show_gaps(admin_request& request, const query_answers& answers) {
  const auto limit = request.limit();
  std::uint64_t found = 0;
  std::uint64_t filled = 0;
  std::uint64_t unfillable = 0;
  for (const auto& node : answers.nodes) {
    if (!node.answers.at(0).contains("gaps"))
      continue;
    const auto& gaps = node.answers[0]["gaps"];
    found += gaps.at("found").get<std::uint64_t>();
    filled += gaps.at("filled").get<std::uint64_t>();
    unfillable += gaps.at("unfillable").get<std::uint64_t>();
  }
  auto events = gap_events(answers, limit);
  auto channels = channels_of_gaps(answers, limit, events);
  return {{"totals",
           {{"found", found}, {"filled", filled}, {"unfillable", unfillable}}},
          {"channels", std::move(channels)},
          {"events", std::move(events)}};
}

} // namespace rookery
