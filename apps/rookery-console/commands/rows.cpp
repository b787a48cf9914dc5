#include "apps/rookery-console/commands/rows.hpp"

#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/units.hpp"

namespace rookery::console {

namespace {

using enum kind_of_column;

cell queued(const json& row, const char* name) {
  const auto number = number_of(row, name);
  return {shown(row, name, bytes), number > 0 ? look::attention : look::plain};
}

// Zero means that no ping was answered yet.
std::string round_trip_of(const json& facts) {
  return number_of(facts, "round_trip_us") == 0
           ? "-"
           : shown(facts, "round_trip_us", latency);
}

std::string facts_of(const json& row) {
  auto result = in_one_line(member(row, "facts"));
  if (const auto error = text_of(row, "last_error"); !error.empty())
    result = "error: " + error + ' ' + result;
  return result;
}

// The number of subscriptions, or the channel of a plain connection.
std::string subscriptions_of(const json& facts) {
  if (facts.contains("channel"))
    return text_of(facts, "channel");
  return text_of(facts, "subscriptions");
}

std::string reason_of(const json& event) {
  auto result = text_of(event, "reason");
  if (result.empty())
    result = text_of(event, "detail");
  const auto code = number_of(event, "code");
  if (code == 0)
    return result;
  return std::to_string(code) + (result.empty() ? "" : " " + result);
}

std::string connection_of(session& now, const json& event) {
  return number_of(event, "connection") == 0 ? "" : now.actor_of(event);
}

} // namespace

void print_actors(session& now, const json& rows) {
  table result{{{"ACTOR", text},
                {"KIND", text},
                {"LOOP", number},
                {"AGE", number},
                {"HANDLED", number},
                {"MAILBOX", number},
                {"QUEUED", number},
                {"FACTS", wide}}};
  for (const auto& row : rows)
    result.add({now.actor_of(row),
                text_of(row, "kind"),
                text_of(row, "loop"),
                shown(row, "age_seconds", duration),
                shown(row, "handled", count),
                shown(row, "queued_messages", count),
                queued(row, "queued_bytes"),
                {facts_of(row),
                 text_of(row, "last_error").empty() ? look::dim : look::bad}});
  now.out().print(result);
}

void print_connections(session& now, const json& rows) {
  table result{{{"CONNECTION", text},
                {"USER", wide},
                {"PROTOCOL", text},
                {"SUBSCRIBED", wide},
                {"RTT", number},
                {"QUEUED", number},
                {"AGE", number},
                {"ADDRESS", text}}};
  for (const auto& row : rows) {
    const auto& facts = member(row, "facts");
    result.add({now.actor_of(row),
                text_of(facts, "user"),
                text_of(facts, "protocol"),
                subscriptions_of(facts),
                round_trip_of(facts),
                queued(row, "queued_bytes"),
                shown(row, "age_seconds", duration),
                {text_of(facts, "remote_address"), look::dim}});
  }
  now.out().print(result);
}

void print_channels(session& now, const json& rows) {
  table result{{{"CHANNEL", wide},
                {"MEMBERS", number},
                {"NODES", number},
                {"PUBLISHED", number},
                {"PER S", number},
                {"DELIVERED", number},
                {"GAPS", number}}};
  for (const auto& row : rows)
    result.add({text_of(row, "name"),
                shown(row, "members", count),
                shown(row, "nodes", count),
                shown(row, "publications", count),
                shown(row, "per_second", count),
                shown(row, "deliveries", count),
                {shown(row, "gaps", count),
                 number_of(row, "gaps") > 0 ? look::attention : look::plain}});
  now.out().print(result);
}

void print_events(session& now, const json& rows) {
  table result{{{"TIME", text},
                {"WHAT", text},
                {"CONNECTION", text},
                {"USER", wide},
                {"CHANNEL", wide},
                {"REASON", wide},
                {"ADDRESS", text},
                {"NODE", text}}};
  const auto today = now_ms();
  for (const auto& row : rows) {
    const auto what = text_of(row, "what");
    result.add({{moment(static_cast<std::int64_t>(number_of(row, "at")), today),
                 look::dim},
                {what, look_of_event(what)},
                connection_of(now, row),
                text_of(row, "user"),
                text_of(row, "channel"),
                reason_of(row),
                {text_of(row, "remote_address"), look::dim},
                {now.node_of(row), look::dim}});
  }
  now.out().print(result);
}

void print_event_lines(session& now, const json& rows) {
  const auto today = now_ms();
  for (const auto& row : rows) {
    const auto what = text_of(row, "what");
    std::vector<cell> line{
      {moment(static_cast<std::int64_t>(number_of(row, "at")), today),
       look::dim},
      "  ",
      {what, look_of_event(what)}};
    const auto say = [&](const char* name, const std::string& value) {
      if (!value.empty())
        line.insert(line.end(), {{std::string{"  "} + name, look::dim}, value});
    };
    say("connection=", connection_of(now, row));
    say("user=", text_of(row, "user"));
    say("channel=", text_of(row, "channel"));
    say("offset=", text_of(row, "offset"));
    say("bytes=", text_of(row, "bytes"));
    say("", text_of(row, "text"));
    say("", reason_of(row));
    say("from=", text_of(row, "remote_address"));
    say("on=", now.node_of(row));
    now.out().line(line);
  }
}

look look_of_event(const std::string& what) {
  if (what == "refused" || what == "dropped" || what == "lost")
    return look::bad;
  return what == "gap" ? look::attention : look::plain;
}

} // namespace rookery::console
