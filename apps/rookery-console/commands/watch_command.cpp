#include "apps/rookery-console/actor_id.hpp"
#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/rows.hpp"
#include "apps/rookery-console/fields.hpp"

namespace rookery::console {

namespace {

void show(session& now, const json& message) {
  if (now.out().can().json)
    return now.out().record(message);
  now.names().learn(message);
  print_event_lines(now, rows_of(message, "events"));
  if (const auto skipped = number_of(message, "skipped"); skipped > 0)
    now.out().line(
      {"… " + std::to_string(skipped) + " more left out", look::attention});
  now.out().raw({});
}

status follow(session& now, json request) {
  // Events name nodes by id, so ask for the names first.
  if (!now.out().can().json)
    if (const auto nodes = now.node().get("/api/nodes"))
      now.names().learn(nodes.body);
  std::string end;
  const auto problem =
    now.node().stream(std::move(request), [&](const json* message) {
      if (message != nullptr) {
        end = text_of(*message, "end");
        if (end.empty())
          show(now, *message);
      }
      return end.empty();
    });
  if (problem.why == failure::reason::interrupted) {
    if (now.out().can().terminal)
      now.out().line(cell{}); // the terminal has written ^C
    return status::ok;
  }
  if (problem.why != failure::reason::none)
    return now.fail(problem);
  if (end != "time is over")
    return now.fail({failure::reason::refused, end});
  if (!now.out().can().json)
    now.out().line({end, look::dim});
  return status::ok;
}

status run(session& now, const arguments& given) {
  const auto& what = given.at("WHAT");
  const auto& whom = given.at("WHOM");
  json request{{"topic", "watch"}};
  if (what == "connection") {
    const auto actor = actor_id::parse(whom);
    if (!actor)
      return now.misused(no_actor_id(whom));
    actor->add_to(request, "connection");
  } else {
    request[what] = whom;
  }
  if (const auto seconds = given.get("--seconds"))
    request["seconds"] = std::stoul(*seconds);
  if (now.out().can().terminal && !now.out().can().json)
    now.out().line(
      {"watching " + what + ' ' + whom + ", Ctrl-C to stop", look::dim});
  return follow(now, std::move(request));
}

} // namespace

command watch_command() {
  return {
    .name = "watch",
    .summary = "Live events of a channel, connection or user",
    .parameters = {{.name = "WHAT",
                    .value = "WHAT",
                    .help = "The kind of thing to watch",
                    .choices = {"channel", "connection", "user"},
                    .required = true},
                   {.name = "WHOM",
                    .value = "WATCHED",
                    .help = "Name of the channel, ID[@NODE], or id of the user",
                    .required = true},
                   {.name = "--seconds",
                    .value = "N",
                    .help = "How long, 1 to 3600 (60)"}},
    .notes = "Watching a channel subscribes the node to it meanwhile. "
             "With --json each\nmessage is a document on a line of its own.\n\n"
             "Examples:\n  watch channel chat\n  watch connection 91@a:8080\n"
             "  watch user ann --seconds 600",
    .run = run};
}

} // namespace rookery::console
