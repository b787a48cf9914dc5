#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/target.hpp"
#include "apps/rookery-console/units.hpp"

namespace rookery::console {

namespace {

using enum kind_of_column;

cell link(const json& facts, const char* name) {
  const auto state = text_of(facts, name);
  return {state, state == "up" || state.empty() ? look::plain : look::bad};
}

cell readiness(const json& facts) {
  if (!member(facts, "ready").is_boolean())
    return {};
  return is_true(facts, "ready") ? cell{"yes"} : cell{"no", look::bad};
}

void print_drift(session& now, const json& bus) {
  const auto& drift = member(bus, "drift");
  if (!drift.is_object())
    return;
  const auto missing = number_of(drift, "missing_total");
  std::string names;
  for (const auto& name : rows_of(drift, "missing"))
    names += (names.empty() ? ": " : ", ") + plain_text(name);
  now.out().line({now.node_of(bus) + ": " + text_of(drift, "checked")
                    + " subscriptions checked, " + std::to_string(missing)
                    + " missing in Redis" + names,
                  missing > 0 ? look::bad : look::plain});
}

/// Prints what Redis has refused, and why the links fell.
void print_complaints(session& now, const json& bus) {
  const auto& facts = member(bus, "facts");
  for (const auto& [name, label] :
       {std::pair{"subscribe_errors", "errors on subscribe"},
        std::pair{"publish_errors", "errors on publish"},
        std::pair{"script_refusal", "no scripts"},
        std::pair{"missing_commands", "missing in Redis"},
        std::pair{"subscribe_down", "subscribe was last down"},
        std::pair{"publish_down", "publish was last down"}})
    if (const auto text = text_of(facts, name); !text.empty())
      now.out().line(
        {now.node_of(bus) + ": " + label + ": " + text, look::attention});
}

void draw(session& now, const json& body) {
  table buses{{{"BUS", text},
               {"KIND", text},
               {"SUBSCRIBE", text},
               {"PUBLISH", text},
               {"READY", text},
               {"WANTED", number},
               {"CONFIRMED", number},
               {"PROBE", number},
               {"MISSES", number},
               {"UNANSWERED", number},
               {"RECEIVED", number}}};
  for (const auto& bus : rows_of(body, "buses")) {
    const auto& facts = member(bus, "facts");
    const bool differs =
      number_of(facts, "wanted") != number_of(facts, "confirmed");
    const bool missed = number_of(facts, "probe_misses") > 0;
    buses.add({now.actor_of(bus),
               text_of(bus, "kind"),
               link(facts, "subscribe_link"),
               link(facts, "publish_link"),
               readiness(facts),
               shown(facts, "wanted", count),
               {shown(facts, "confirmed", count),
                differs ? look::attention : look::plain},
               shown(facts, "probe_round_trip_us", latency),
               {shown(facts, "probe_misses", count),
                missed ? look::attention : look::plain},
               shown(facts, "unanswered", count),
               shown(facts, "received", count)});
  }
  now.out().print(buses);
  for (const auto& bus : rows_of(body, "buses")) {
    print_complaints(now, bus);
    print_drift(now, bus);
  }
}

status reconcile(session& now, const arguments& given) {
  if (given.has("--drift"))
    return now.misused("bridge reconcile: --drift is not allowed here");
  auto body = json::object();
  if (const auto node = given.get("--node"))
    body["node"] = *node;
  return now.show(
    now.act("/api/bridge/reconcile", body), [&](const json& answer) {
      now.out().line("subscriptions renewed: " + text_of(answer, "renewed"));
    });
}

status run(session& now, const arguments& given) {
  if (given.has("WHAT"))
    return reconcile(now, given);
  if (given.has("--node"))
    return now.misused("bridge: --node is for reconcile only");
  target what{"/api/bridge"};
  if (given.has("--drift"))
    what.with("drift", "1");
  return now.show(now.ask(what.text()),
                  [&](const json& body) { draw(now, body); });
}

} // namespace

command bridge_command() {
  return {
    .name = "bridge",
    .summary = "The links to Redis and the subscriptions there",
    .parameters = {{.name = "WHAT",
                    .value = "WHAT",
                    .help = "Renew subscriptions that Redis lost, repair gaps",
                    .choices = {"reconcile"}},
                   {.name = "--drift",
                    .help = "Also ask Redis for missing subscriptions"},
                   {.name = "--node",
                    .value = "NODE",
                    .help = "Reconcile only this node (id or name)"}},
    .notes = "Examples:\n  bridge --drift\n  bridge reconcile --node a:8080",
    .run = run};
}

} // namespace rookery::console
