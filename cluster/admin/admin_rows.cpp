#include "cluster/admin/admin_rows.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

constexpr auto no_end = std::numeric_limits<std::uint64_t>::max();

json with_node(const std::string& node, const json& row) {
  json result{{"node", node}};
  result.update(row);
  return result;
}

struct listed_row {
  std::uint64_t measure;
  json row;
};

void cut(json& rows, std::size_t limit) {
  if (rows.size() > limit)
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(limit), rows.end());
}

admin_rows by_measure(std::vector<listed_row> found, std::size_t limit) {
  std::ranges::stable_sort(found, std::greater<>{}, &listed_row::measure);
  admin_rows result;
  for (auto& each : found)
    result.rows.push_back(std::move(each.row));
  cut(result.rows, limit);
  return result;
}

/// Makes a page of rows in the order of their ids. Parts that have more rows
/// are known up to `known_up_to` only, so the page ends there at the latest. It
/// never ends between rows with the same id on several nodes.
admin_rows by_id(std::vector<listed_row> found, std::uint64_t known_up_to,
                 std::size_t limit) {
  std::ranges::stable_sort(found, {}, &listed_row::measure);
  auto end = known_up_to;
  if (found.size() > limit)
    end = std::min(end, found[limit - 1].measure);
  admin_rows result;
  auto has_more = end != no_end;
  for (auto& each : found)
    if (each.measure <= end)
      result.rows.push_back(std::move(each.row));
  if (has_more && !result.rows.empty())
    result.next = std::to_string(end);
  return result;
}

struct channel_sum {
  std::uint64_t members = 0;
  std::uint64_t publications = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t per_second = 0;
  std::uint64_t gaps = 0;
  std::set<std::string> nodes;

  void add(const std::string& node, const channel_figures& part) {
    members += part.members;
    // Each loop with members counts every publication.
    publications = std::max(publications, part.publications);
    per_second = std::max(per_second, part.per_second);
    deliveries += part.deliveries;
    gaps += part.gaps;
    nodes.insert(node);
  }

  std::uint64_t measure(listing_order order) const {
    switch (order) {
    case listing_order::members:
      return members;
    case listing_order::publications:
      return publications;
    case listing_order::rate:
      return per_second;
    default:
      return 0;
    }
  }

  json row(const std::string& name) const {
    return {{"name", name},
            {"members", members},
            {"publications", publications},
            {"deliveries", deliveries},
            {"per_second", per_second},
            {"gaps", gaps},
            {"nodes", nodes.size()}};
  }
};

} // namespace

std::vector<json> parts_of(const query_answers& answers, std::size_t ask) {
  std::vector<json> result;
  for (const auto& node : answers.nodes) {
    if (ask >= node.answers.size() || !node.answers[ask].contains("parts"))
      continue;
    const auto& parts = node.answers[ask]["parts"];
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].contains("error"))
        continue;
      auto part = with_node(node.who.id, parts[i]);
      part["loop"] = i;
      result.push_back(std::move(part));
    }
  }
  return result;
}

admin_rows join_actors(const query_answers& answers, std::size_t ask,
                       const listing_query& query) {
  const auto is_by_id = query.order == listing_order::id;
  std::vector<listed_row> found;
  auto known_up_to = no_end;
  for (const auto& part : parts_of(answers, ask)) {
    if (const std::uint64_t next = part.at("next"); next != 0)
      known_up_to = std::min(known_up_to, next);
    for (const auto& row : part.at("rows")) {
      auto shown = with_node(part.at("node"), row);
      shown.erase("measure");
      found.push_back({row.at("measure"), std::move(shown)});
    }
  }
  return is_by_id ? by_id(std::move(found), known_up_to, query.limit)
                  : by_measure(std::move(found), query.limit);
}

admin_rows join_channels(const query_answers& answers, std::size_t ask,
                         const listing_query& query) {
  std::map<std::string, channel_sum> channels;
  std::string known_up_to;
  for (const auto& part : parts_of(answers, ask)) {
    const std::string next = part.at("next_name");
    if (!next.empty() && (known_up_to.empty() || next < known_up_to))
      known_up_to = next;
    for (const auto& row : part.at("rows")) {
      const auto figures = read_channel_figures(row);
      channels[figures.name].add(part.at("node"), figures);
    }
  }
  if (query.order != listing_order::name) {
    std::vector<listed_row> found;
    for (const auto& [name, sum] : channels)
      found.push_back({sum.measure(query.order), sum.row(name)});
    return by_measure(std::move(found), query.limit);
  }
  admin_rows result;
  for (const auto& [name, sum] : channels) {
    if (!known_up_to.empty() && name > known_up_to)
      break;
    if (result.rows.size() == query.limit) {
      known_up_to = result.rows.back().at("name");
      break;
    }
    result.rows.push_back(sum.row(name));
  }
  result.next = known_up_to;
  return result;
}

json join_events(const query_answers& answers, std::size_t ask,
                 std::size_t limit) {
  std::vector<listed_row> found;
  for (const auto& part : parts_of(answers, ask))
    for (const auto& event : part.at("events")) {
      auto row = with_node(part.at("node"), event);
      row["loop"] = part.at("loop");
      found.push_back({event.at("at"), std::move(row)});
    }
  // Events of the same millisecond must stay in order, newest first.
  std::ranges::reverse(found);
  return by_measure(std::move(found), limit).rows;
}

} // namespace rookery
