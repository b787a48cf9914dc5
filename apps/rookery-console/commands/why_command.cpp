#include "apps/rookery-console/actor_id.hpp"
#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/why_report.hpp"
#include "apps/rookery-console/target.hpp"

#include <algorithm>

namespace rookery::console {

namespace {

bool is_offset(const std::string& word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

status run(session& now, const arguments& given) {
  auto connection = given.get("CONNECTION");
  auto offset = given.get("OFFSET");
  if (const auto option = given.get("--connection"))
    connection = option;
  if (const auto option = given.get("--offset"))
    offset = option;
  target what{"/api/why"};
  what.with("channel", given.at("CHANNEL"));
  if (offset && !is_offset(*offset))
    return now.misused("'" + *offset + "': expected an offset, a number");
  what.maybe("offset", offset);
  if (connection) {
    const auto actor = actor_id::parse(*connection);
    if (!actor)
      return now.misused(no_actor_id(*connection));
    what.with("connection", std::to_string(actor->id))
      .maybe("node", actor->node);
  }
  what.maybe("user", given.get("--user"));
  return now.show(now.ask(what.text()),
                  [&](const json& body) { print_why(now, body); });
}

} // namespace

command why_command() {
  return {
    .name = "why",
    .summary = "Why a message did or did not arrive",
    .parameters = {{.name = "CHANNEL",
                    .value = "CHANNEL",
                    .help = "The channel of the publication",
                    .required = true},
                   {.name = "CONNECTION",
                    .value = "ACTOR",
                    .help = "The client that should have it, ID or ID@NODE"},
                   {.name = "OFFSET",
                    .value = "OFFSET",
                    .help = "The publication, in a channel with history"},
                   {.name = "--connection",
                    .value = "ACTOR",
                    .help = "The same as CONNECTION"},
                   {.name = "--offset",
                    .value = "OFFSET",
                    .help = "The same as OFFSET"},
                   {.name = "--user",
                    .value = "USER",
                    .help = "The user who should have it"}},
    .notes =
      "A single number after the channel is a connection; for an "
      "offset alone use\n--offset.\n\n"
      "Examples:\n  why chat 91@a:8080 12000\n  why chat --offset 12000\n"
      "  why chat --user ann",
    .run = run};
}

} // namespace rookery::console
