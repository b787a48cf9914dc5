#include "cluster/admin/admin_json.hpp"

#include "cluster/admin/node_drain.hpp"

#include <array>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

constexpr std::array<std::pair<std::string_view, listing_order>, 9> orders{{
  {"id", listing_order::id},
  {"name", listing_order::name},
  {"mailbox", listing_order::mailbox},
  {"handled", listing_order::handled},
  {"bytes", listing_order::bytes},
  {"members", listing_order::members},
  {"publications", listing_order::publications},
  {"rate", listing_order::rate},
  {"round_trip", listing_order::round_trip},
}};

std::string_view name_of(listing_order order) {
  for (const auto& [name, value] : orders)
    if (value == order)
      return name;
  return "id";
}

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
  return {{"rows", list_of(page.actors, show)},
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

json to_json(const listing_query& query) {
  return {{"kind", query.kind},       {"user", query.user},
          {"channel", query.channel}, {"protocol", query.protocol},
          {"prefix", query.prefix},   {"slow", query.is_slow},
          {"gaps", query.has_gaps},   {"order", name_of(query.order)},
          {"after", query.after},     {"after_name", query.after_name},
          {"names", query.names},     {"limit", query.limit}};
}

listing_query read_listing_query(const json& from) {
  listing_query result;
  result.kind = from.at("kind");
  result.user = from.at("user");
  result.channel = from.at("channel");
  result.protocol = from.at("protocol");
  result.prefix = from.at("prefix");
  result.names = from.at("names");
  result.is_slow = from.at("slow");
  result.has_gaps = from.at("gaps");
  result.order = order_named(from.at("order").get<std::string>())
                   .value_or(listing_order::id);
  result.after = from.at("after");
  result.after_name = from.at("after_name");
  result.limit = from.at("limit");
  return result;
}

std::optional<listing_order> order_named(std::string_view name) {
  for (const auto& [known, value] : orders)
    if (known == name)
      return value;
  return std::nullopt;
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace rookery
