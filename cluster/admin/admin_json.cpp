#include "cluster/admin/admin_json.hpp"

#include "cluster/admin/meters_sum.hpp"
#include "configs/log.hpp"

#include <array>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

constexpr std::array<std::pair<const char*, std::uint64_t channel_figures::*>,
                     5>
  figure_names{{{"members", &channel_figures::members},
                {"publications", &channel_figures::publications},
                {"deliveries", &channel_figures::deliveries},
                {"per_second", &channel_figures::per_second},
                {"gaps", &channel_figures::gaps}}};

constexpr auto figure_name = "name";

json offset_of(std::uint64_t offset) {
  return offset == 0 ? json() : json(offset);
}

json to_json(const handled_publication& each) {
  return {{"at", each.at.time_since_epoch().count()},
          {"number", each.number},
          {"offset", offset_of(each.offset)},
          {"bytes", each.bytes},
          {"how", each.is_repaired ? "repaired" : "live"},
          {"members", each.members},
          {"sent", each.members - each.dropped},
          {"dropped", each.dropped}};
}

json to_json(const ledger_mark& each) {
  return {{"at", each.at.time_since_epoch().count()},
          {"number", each.number},
          {"connection", each.connection},
          {"what", to_string(each.what)},
          {"detail", each.detail}};
}

json to_json(const ledger_member& each) {
  return {{"connection", each.connection},
          {"user", each.user},
          {"since", each.since},
          {"queued_bytes", each.queued_bytes}};
}

json sent_to_json(const bus_publication& each) {
  json result{{"at", each.at.time_since_epoch().count()},
              {"offset", offset_of(each.offset)},
              {"bytes", each.bytes},
              {"verdict", to_string(each.verdict)}};
  if (each.problem != publish_problem::none)
    result["problem"] = to_string(each.problem);
  if (!each.error.empty())
    result["error"] = each.error;
  return result;
}

json received_to_json(const bus_publication& each) {
  return {{"at", each.at.time_since_epoch().count()},
          {"offset", offset_of(each.offset)},
          {"bytes", each.bytes},
          {"loops", each.loops},
          {"dropped", each.dropped}};
}

json to_json(const journal_entry& each) {
  json result{{"at", each.at.time_since_epoch().count()},
              {"what", to_string(each.what)},
              {"connection", each.connection},
              {"user", each.user},
              {"channel", each.channel}};
  if (!each.remote_address.empty())
    result["remote_address"] = each.remote_address;
  if (each.code != 0)
    result["code"] = each.code;
  if (!each.reason.empty())
    result["reason"] = each.reason;
  if (each.publications != 0)
    result["publications"] = each.publications;
  return result;
}

template <class All, class Show>
json list_of(const All& all, Show show) {
  auto result = json::array();
  for (const auto& each : all)
    result.push_back(show(each));
  return result;
}

constexpr auto show = [](const auto& each) { return to_json(each); };

} // namespace

json to_json(const snapshot& actor) {
  json facts = json::object();
  if (const auto& figures = actor.channel) {
    facts[figure_name] = figures->name;
    for (const auto& [name, figure] : figure_names)
      facts[name] = (*figures).*figure;
  }
  for (const auto& each : actor.facts)
    std::visit([&](const auto& value) { facts[each.name] = value; },
               each.value);
  return {{"id", actor.id},
          {"kind", actor.kind},
          {"loop", actor.loop},
          {"age_seconds", actor.age.count()},
          {"handled", actor.handled},
          {"queued_messages", actor.queue_depth},
          {"queued_bytes", actor.queue_bytes},
          {"last_error", actor.last_error},
          {"facts", std::move(facts)}};
}

json to_json(const listing& page) {
  return {{"rows", list_of(page.actors,
                           [](const auto& each) {
                             auto row = to_json(each.what);
                             row["measure"] = each.measure;
                             return row;
                           })},
          {"next", page.next},
          {"next_name", page.next_name}};
}

json to_json(const ledger_page& page) {
  return {{"handled", list_of(page.publications, show)},
          {"marks", list_of(page.marks, show)},
          {"members", list_of(page.members, show)}};
}

json to_json(const bus_ledger_page& page) {
  return {{"published", list_of(page.published, &sent_to_json)},
          {"received", list_of(page.received, &received_to_json)}};
}

json to_json(const journal_page& page) {
  return {{"events", list_of(page.entries, show)}, {"last", page.last}};
}

json to_json(const drift_report& report) {
  return {{"checked", report.checked},
          {"missing", report.missing},
          {"missing_total", report.missing_total},
          {"renewed", report.renewed}};
}

json to_json(const clients_ended& result) {
  return {{"ended", result.ended}};
}

json to_json(const drain_report& report) {
  if (report.state == drain_state::off)
    return nullptr;
  return {{"state", to_string(report.state)},
          {"rate", report.rate},
          {"closed", report.closed}};
}

json to_json(const node_facts& facts) {
  const auto sum = sum_of(facts.loops);
  auto connections = admin_json::object();
  std::uint64_t clients = 0;
  for (const auto& [protocol, open] : sum.actors.connections) {
    connections[std::string{protocol}] = open;
    clients += open;
  }
  std::uint64_t loop_actors = 0;
  for (const auto& [kind, meters] : sum.kinds)
    loop_actors += meters.actors;
  const auto* redis = facts.buses.empty() || !facts.buses.front().redis
                        ? nullptr
                        : &*facts.buses.front().redis;
  return {
    {"bus", facts.has_redis ? "redis" : "in-process"},
    {"ready", facts.is_ready},
    {"log_level", to_string(log::threshold.load())},
    {"loops", facts.loops.size()},
    {"drain", to_json(facts.drain)},
    {"connections", std::move(connections)},
    {"clients", clients},
    {"users", sum.counts.users},
    {"channels", sum.counts.channels},
    {"subscriptions", sum.counts.subscriptions},
    {"actors", loop_actors},
    {"memory_bytes", facts.process.resident_bytes},
    {"queued_bytes", sum.queued_bytes},
    {"publications", sum.actors.publications},
    {"deliveries", sum.actors.deliveries},
    {"bytes_sent", sum.sockets.bytes_sent},
    {"slow_closes", sum.sockets.slow_closes},
    {"gaps",
     {{"found", sum.streams.gaps_found},
      {"filled", sum.streams.gaps_filled},
      {"unfillable", sum.streams.gaps_unfillable}}},
    {"probe_round_trip_us",
     redis ? json(redis->probe_round_trip.count()) : json()},
    {"probe_misses", redis ? json(redis->probe_misses) : json()},
  };
}

channel_figures read_channel_figures(const json& row) {
  const auto& facts = row.at("facts");
  channel_figures result;
  result.name = facts.at(figure_name);
  for (const auto& [name, figure] : figure_names)
    result.*figure = facts.at(name);
  return result;
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace rookery
