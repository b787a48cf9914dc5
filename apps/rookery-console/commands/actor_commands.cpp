#include "apps/rookery-console/actor_id.hpp"
#include "apps/rookery-console/actor_kinds.hpp"
#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/listing.hpp"
#include "apps/rookery-console/commands/rows.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/target.hpp"

#include <fmt/ranges.h>

namespace rookery::console {

namespace {

status run_actors(session& now, const arguments& given) {
  target what{"/api/actors"};
  add_given(what, given, {"--kind", "--sort"});
  return list(now, given, std::move(what), "actors", print_actors);
}

status run_connections(session& now, const arguments& given) {
  target what{"/api/connections"};
  add_given(what, given, {"--user", "--channel", "--protocol", "--sort"});
  if (given.has("--slow"))
    what.with("slow", "1");
  return list(now, given, std::move(what), "connections", print_connections);
}

void print_members(session& now, const json& object,
                   const std::string& indent) {
  for (const auto& [name, value] : object.items()) {
    now.out().line(
      std::vector<cell>{{indent + name + ": ", look::dim},
                        {name == "node" ? now.names().name_of(plain_text(value))
                                        : shown_by_name(name, value),
                         name == "last_error" ? look::bad : look::plain}});
  }
}

void print_actor(session& now, const json& row) {
  auto facts = row.is_object() ? row : json::object();
  facts.erase("facts");
  print_members(now, facts, "");
  if (const auto& own = member(row, "facts"); own.is_object()) {
    now.out().line({"facts:", look::dim});
    print_members(now, own, "  ");
  }
}

status run_inspect(session& now, const arguments& given) {
  const auto& word = given.at("ACTOR");
  const auto actor = actor_id::parse(word);
  if (!actor)
    return now.misused(no_actor_id(word));
  target what{"/api/actors"};
  what.segment(std::to_string(actor->id)).maybe("node", actor->node);
  return now.show(now.ask(what.text()), [&](const json& body) {
    print_actor(now, member(body, "actor"));
  });
}

const std::vector<std::string_view> orders{"id", "mailbox", "handled", "bytes"};

} // namespace

command actors_command() {
  static const std::string notes =
    fmt::format("Kinds: {}.\n\n"
                "Examples:\n  actors --kind channel --all\n"
                "  actors --sort mailbox --limit 10\n  actors --node a:8080",
                fmt::join(actor_kinds, ", "));
  return {.name = "actors",
          .summary = "Actors of all nodes",
          .parameters = listing_parameters(
            {{.name = "--kind", .value = "KIND", .help = "Only of this kind"},
             {.name = "--sort",
              .value = "ORDER",
              .help = "Order; all but id: largest first",
              .choices = orders}}),
          .notes = notes,
          .run = run_actors};
}

command inspect_command() {
  return {.name = "inspect",
          .summary = "One actor with all its facts",
          .parameters = {{.name = "ACTOR",
                          .value = "ACTOR",
                          .help = "ID, or ID@NODE as lists show it",
                          .required = true}},
          .notes = "An id without a node means the node that is asked.\n\n"
                   "Examples:\n  inspect 17@a:8080",
          .run = run_inspect};
}

command connections_command() {
  return {.name = "connections",
          .summary = "Clients and their connections",
          .parameters = listing_parameters(
            {{.name = "--user", .value = "USER", .help = "Only of this user"},
             {.name = "--channel",
              .value = "CHANNEL",
              .help = "Only members of this channel"},
             {.name = "--protocol",
              .value = "PROTOCOL",
              .help = "Only of this protocol"},
             {.name = "--slow", .help = "Only those with bytes queued"},
             {.name = "--sort",
              .value = "ORDER",
              .help = "Order; all but id: largest first",
              .choices = orders}}),
          .notes =
            "Examples:\n  connections --channel chat --slow\n"
            "  connections --user ann\n  connections --sort bytes --limit 20",
          .run = run_connections};
}

} // namespace rookery::console
