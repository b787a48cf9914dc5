#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/listing.hpp"
#include "apps/rookery-console/commands/rows.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/units.hpp"

namespace rookery::console {

namespace {

using enum kind_of_column;

status run_channels(session& now, const arguments& given) {
  target what{"/api/channels"};
  add_given(what, given, {"--prefix", "--sort"});
  return list(now, given, std::move(what), "channels", print_channels);
}

void print_parts(session& now, const json& body) {
  const auto& history = member(body, "history");
  const auto top = number_of(history, "offset");
  table parts{{{"PART", text},
               {"LOOP", number},
               {"MEMBERS", number},
               {"OFFSET", number},
               {"FACTS", wide}}};
  for (const auto& part : rows_of(body, "parts")) {
    const auto& facts = member(part, "facts");
    auto offset = text_of(facts, "offset");
    const bool is_behind = is_number(facts, "offset") && !history.is_null()
                           && number_of(facts, "offset") < top;
    if (is_behind)
      offset += " (" + count(top - number_of(facts, "offset")) + " behind)";
    parts.add({now.actor_of(part),
               text_of(part, "loop"),
               shown(facts, "members", count),
               {offset, is_behind ? look::attention : look::plain},
               {in_one_line(facts), look::dim}});
  }
  if (parts.empty())
    now.out().line({"no member anywhere", look::dim});
  else
    now.out().print(parts);
}

void print_channel(session& now, const json& body) {
  const auto say = [&](const char* what, const std::string& value) {
    now.out().line(std::vector<cell>{{what, look::dim}, value});
  };
  say("channel: ", text_of(body, "channel"));
  say("members: ", shown(body, "members", count));
  say("published: ", shown(body, "publications", count) + ", "
                       + shown(body, "per_second", count) + " per second");
  say("options: ", in_one_line(member(body, "options")));
  const auto& history = member(body, "history");
  say("history: ", history.is_null() ? "none" : in_one_line(history));
  print_parts(now, body);
}

status run_channel(session& now, const arguments& given) {
  target what{"/api/channel"};
  what.with("name", given.at("CHANNEL"));
  return now.show(now.ask(what.text()),
                  [&](const json& body) { print_channel(now, body); });
}

status run_user(session& now, const arguments& given) {
  target what{"/api/user"};
  what.with("id", given.at("USER"));
  return now.show(now.ask(what.text()), [&](const json& body) {
    const auto& connections = rows_of(body, "connections");
    now.out().line("user " + text_of(body, "user") + ": "
                   + std::to_string(connections.size()) + " connections");
    if (!connections.empty())
      print_connections(now, connections);
    if (const auto& events = rows_of(body, "events"); !events.empty()) {
      now.out().title("Lately");
      print_events(now, events);
    }
  });
}

} // namespace

command channels_command() {
  return {.name = "channels",
          .summary = "Channels with members",
          .parameters = listing_parameters(
            {{.name = "--prefix",
              .value = "CHANNEL",
              .help = "Only names that begin with this"},
             {.name = "--sort",
              .value = "ORDER",
              .help = "Order; all but name: largest first",
              .choices = {"name", "members", "publications", "rate"}}}),
          .notes = "Examples:\n  channels --prefix news:\n"
                   "  channels --sort members --limit 10",
          .run = run_channels};
}

command channel_command() {
  return {.name = "channel",
          .summary = "One channel: options, history, nodes with members",
          .parameters = {{.name = "CHANNEL",
                          .value = "CHANNEL",
                          .help = "Its name",
                          .required = true}},
          .notes = "A part with a lower offset than the history has missed "
                   "publications.\n\n"
                   "Examples:\n  channel news:sport",
          .run = run_channel};
}

command user_command() {
  return {.name = "user",
          .summary = "One user: connections and recent events",
          .parameters = {{.name = "USER",
                          .value = "USER",
                          .help = "Id of the user",
                          .required = true}},
          .notes = "Examples:\n  user ann",
          .run = run_user};
}

} // namespace rookery::console
