#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/rows.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/target.hpp"
#include "apps/rookery-console/units.hpp"

#include <sstream>

namespace rookery::console {

namespace {

void draw(session& now, const json& body) {
  const auto section = [&](const char* title, const char* name,
                           void (*print)(session&, const json&)) {
    now.out().title(title);
    if (const auto& rows = rows_of(body, name); !rows.empty())
      print(now, rows);
    else
      now.out().line({"none", look::dim});
  };
  section("Channels by messages per second", "channels", print_channels);
  section("Connections by round trip", "connections", print_connections);
  section("Actors by queued bytes", "queues", print_actors);
}

status once(session& now, const target& what) {
  return now.show(now.ask(what.text()),
                  [&](const json& body) { draw(now, body); });
}

// One answer formatted for the whole terminal.
std::string picture(session& now, const json& body) {
  std::ostringstream drawn;
  screen page{drawn, drawn, now.out().can()};
  session beside{nullptr, page, {}};
  beside.names() = now.names();
  beside.names().learn(body);
  page.line(std::vector<cell>{
    {now.node().address(), look::heading},
    {"  " + moment(now_ms(), now_ms()).substr(0, 8) + "  q to quit",
     look::dim}});
  draw(beside, body);
  return drawn.str();
}

status live(session& now, json request) {
  const auto keys = now.hooks().take_keys ? now.hooks().take_keys() : nullptr;
  std::string end;
  const auto problem =
    now.node().stream(std::move(request), [&](const json* message) {
      if (message != nullptr) {
        end = text_of(*message, "end");
        if (const auto& data = member(*message, "data"); data.is_object())
          now.out().redraw(picture(now, data));
      }
      return end.empty() && !now.hooks().wants_end();
    });
  if (problem.why == failure::reason::interrupted)
    return status::ok;
  if (problem.why != failure::reason::none)
    return now.fail(problem);
  return end.empty() ? status::ok : now.fail({failure::reason::refused, end});
}

status run(session& now, const arguments& given) {
  const auto& can = now.out().can();
  if (given.has("--once") || !can.terminal || can.json) {
    target what{"/api/top"};
    what.maybe("limit", given.get("--limit"));
    return once(now, what);
  }
  json request{{"topic", "top"}};
  if (const auto limit = given.get("--limit"))
    request["limit"] = std::stoul(*limit);
  now.out().raw("\x1b[2J");
  return live(now, std::move(request));
}

} // namespace

command top_command() {
  return {.name = "top",
          .summary = "The busiest channels, slowest clients, longest queues",
          .parameters = {{.name = "--limit",
                          .value = "N",
                          .help = "Rows of each, 1 to 1000 (10)"},
                         {.name = "--once", .help = "Print once and exit"}},
          .notes = "On a terminal it refreshes every second until Ctrl-C or "
                   "q.\n\nExamples:\n  top\n  top --once --limit 3",
          .run = run};
}

} // namespace rookery::console
