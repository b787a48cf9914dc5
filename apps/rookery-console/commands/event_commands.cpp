#include "apps/rookery-console/actor_id.hpp"
#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/listing.hpp"
#include "apps/rookery-console/commands/rows.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/units.hpp"

namespace rookery::console {

namespace {

status run_what(session& now, arguments given,
                const std::optional<std::string>& kind) {
  target what{"/api/events"};
  what.maybe("what", kind);
  add_given(what, given, {"--user", "--channel"});
  if (const auto word = given.get("--connection")) {
    const auto actor = actor_id::parse(*word);
    if (!actor)
      return now.misused(no_actor_id(*word));
    what.with("connection", std::to_string(actor->id));
    if (actor->node)
      given.set("--node", *actor->node);
  }
  return list(now, given, std::move(what), "events", print_events);
}

status run_events(session& now, const arguments& given) {
  return run_what(now, given, given.get("--what"));
}

status run_refusals(session& now, const arguments& given) {
  return run_what(now, given, "refused");
}

void print_gaps(session& now, const json& body) {
  const auto& totals = member(body, "totals");
  const auto lost = number_of(totals, "unfillable");
  now.out().line(
    std::vector<cell>{"gaps: " + text_of(totals, "found") + " found, "
                        + text_of(totals, "filled") + " filled, ",
                      {text_of(totals, "unfillable") + " not filled",
                       lost > 0 ? look::bad : look::plain}});
  if (const auto& channels = rows_of(body, "channels"); !channels.empty())
    print_channels(now, channels);
  if (const auto& events = rows_of(body, "events"); !events.empty()) {
    now.out().title("Lately");
    print_events(now, events);
  }
}

status run_gaps(session& now, const arguments&) {
  return now.show(now.ask("/api/gaps"),
                  [&](const json& body) { print_gaps(now, body); });
}

std::vector<parameter> event_parameters(std::vector<parameter> own) {
  own.insert(
    own.end(),
    {{.name = "--user", .value = "USER", .help = "Only of this user"},
     {.name = "--channel", .value = "CHANNEL", .help = "Only of this channel"},
     {.name = "--connection",
      .value = "ACTOR",
      .help = "Only of this connection, ID or ID@NODE"}});
  return listing_parameters(std::move(own));
}

} // namespace

command events_command() {
  return {.name = "events",
          .summary = "Recent events of clients and channels, newest first",
          .parameters = event_parameters(
            {{.name = "--what",
              .value = "WHAT",
              .help = "Only events of this kind",
              .choices = {"connected", "refused", "subscribed", "unsubscribed",
                          "closed", "dropped", "gap", "repaired", "lost",
                          "redis_error"}}}),
          .notes = "Examples:\n  events --what dropped\n"
                   "  events --connection 91@a:8080",
          .run = run_events};
}

command refusals_command() {
  return {.name = "refusals",
          .summary = "Refused clients, with reasons (events --what refused)",
          .parameters = event_parameters({}),
          .notes = "Examples:\n  refusals --channel vip",
          .run = run_refusals};
}

command gaps_command() {
  return {.name = "gaps",
          .summary = "Publications that nodes missed, filled or not",
          .parameters = {},
          .notes = "Examples:\n  gaps",
          .run = run_gaps};
}

} // namespace rookery::console
