#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/consent.hpp"
#include "apps/rookery-console/commands/drain_state.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/target.hpp"

#include <fmt/format.h>

namespace rookery::console {

namespace {

using namespace std::chrono_literals;

std::string sentence(const std::string& node, const json& answer) {
  const auto& drain = member(answer, "drain");
  if (drain.is_null())
    return node + " is not draining";
  return node + ": " + drain_progress(drain);
}

bool goes_on(const json& answer) {
  const auto& drain = member(answer, "drain");
  return !drain.is_null() && text_of(drain, "state") != "done";
}

// End the progress line, however the drain ends.
status follow(session& now, const std::string& node) {
  const bool in_place = now.out().can().terminal;
  target what{"/api/drain"};
  what.with("node", node);
  std::string last;
  for (;;) {
    const auto answer = now.node().get(what.text());
    if (!answer && answer.problem.why != failure::reason::interrupted) {
      if (in_place)
        now.out().line(cell{});
      return now.fail(answer.problem);
    }
    if (answer) {
      const auto text = sentence(node, answer.body);
      if (in_place)
        now.out().progress(text);
      else if (text != last)
        now.out().line(text);
      last = text;
      if (!goes_on(answer.body)) {
        if (in_place)
          now.out().line(cell{});
        return status::ok;
      }
    }
    if (!answer || !now.hooks().wait(1s)) {
      if (in_place)
        now.out().line(cell{});
      now.out().line(node + " continues draining; drain " + node
                     + " --follow shows the progress, --cancel stops it");
      return status::ok;
    }
  }
}

status tell(session& now, const arguments& given, const char* what) {
  const auto& node = given.at("NODE");
  json body{{"node", node}, {"do", what}};
  if (const auto rate = given.get("--rate"))
    body["rate"] = std::stoul(*rate);
  const auto answer = now.act("/api/drain", body);
  const bool shows_on =
    now.out().can().terminal && answer && goes_on(answer.body)
    && text_of(member(answer.body, "drain"), "state") != "paused";
  if (shows_on && !now.out().can().json)
    return follow(now, node);
  return now.show(
    answer, [&](const json& told) { now.out().line(sentence(node, told)); });
}

status run(session& now, const arguments& given) {
  const char* what = nullptr;
  unsigned modes = given.has("--follow") ? 1 : 0;
  for (const auto* word : {"pause", "resume", "cancel"})
    if (given.has(std::string{"--"} + word)) {
      what = word;
      ++modes;
    }
  if (modes > 1)
    return now.misused(
      "drain: give one of --pause, --resume, --cancel, --follow");
  if (modes == 1 && given.has("--rate"))
    return now.misused(
      "drain: --rate is for a start; start again to change it");
  const auto& node = given.at("NODE");
  if (what != nullptr)
    return tell(now, given, what);
  if (given.has("--follow")) {
    if (!now.out().can().json)
      return follow(now, node);
    target asked{"/api/drain"};
    asked.with("node", node);
    return now.show(now.ask(asked.text()), [](const json&) {});
  }
  if (!consents(now, given, "drain " + node + " of its clients"))
    return status::ok;
  return tell(now, given, "start");
}

} // namespace

command drain_command() {
  return {
    .name = "drain",
    .summary = "Move the clients of a node to others, N per second",
    .parameters =
      {{.name = "NODE",
        .value = "NODE",
        .help = "Id or name",
        .required = true},
       {.name = "--rate", .value = "N", .help = "Clients per second"},
       {.name = "--pause", .help = "Pause"},
       {.name = "--resume", .help = "Continue after a pause"},
       {.name = "--cancel", .help = "Stop draining and accept clients again"},
       {.name = "--follow", .help = "Only show the progress, until it is done"},
       consent_option},
    .notes = "Start again with another --rate to change the rate. On a "
             "terminal the progress\nis shown; Ctrl-C ends the display, not "
             "the drain.\n\n"
             "Examples:\n  drain a:8080 --rate 200\n  drain a:8080 --pause",
    .run = run};
}

} // namespace rookery::console
