#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/drain_state.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/units.hpp"

namespace rookery::console {

namespace {

using enum kind_of_column;

cell state_of(const json& node) {
  if (const auto& drain = member(node, "drain"); !drain.is_null())
    return {"draining " + drain_progress(drain), look::attention};
  if (!is_true(node, "ready"))
    return {"not ready", look::bad};
  return "ready";
}

cell gaps_of(const json& node) {
  const auto& gaps = member(node, "gaps");
  const auto lost = number_of(gaps, "unfillable");
  return {text_of(gaps, "found")
            + (lost > 0 ? " (" + count(lost) + " lost)" : ""),
          lost > 0 ? look::bad : look::plain};
}

void draw(session& now, const json& body) {
  table nodes{{{"NODE", text},
               {"STATE", text},
               {"UP", number},
               {"CLIENTS", number},
               {"USERS", number},
               {"CHANNELS", number},
               {"MEMORY", number},
               {"QUEUED", number},
               {"PUBLISHED", number},
               {"DELIVERED", number},
               {"CUT", number},
               {"GAPS", number},
               {"PROBE", number},
               {"LOG", text},
               {"VERSION", text}}};
  for (const auto& node : rows_of(body, "nodes")) {
    const auto& connections = member(node, "connections");
    const auto all = number_of(connections, "plain")
                     + number_of(connections, "sse")
                     + number_of(connections, "centrifuge");
    nodes.add(
      {{now.names().name_of(text_of(node, "id"))
        + (is_true(node, "self") ? " *" : "")},
       state_of(node),
       shown(node, "uptime_seconds", duration),
       count(all),
       shown(node, "users", count),
       shown(node, "channels", count),
       shown(node, "memory_bytes", bytes),
       shown(node, "queued_bytes", bytes),
       shown(node, "publications", count),
       shown(node, "deliveries", count),
       {shown(node, "slow_closes", count),
        number_of(node, "slow_closes") > 0 ? look::attention : look::plain},
       gaps_of(node),
       {shown(node, "probe_round_trip_us", latency),
        number_of(node, "probe_misses") > 0 ? look::attention : look::plain},
       {text_of(node, "log_level"), look::dim},
       {text_of(node, "version"), look::dim}});
  }
  now.out().print(nodes);
  for (const auto& node : rows_of(body, "gone"))
    now.out().line({"gone: " + text_of(node, "name") + ", "
                      + text_of(node, "how") + ", "
                      + shown(node, "seconds_ago", duration) + " ago",
                    text_of(node, "how") == "left" ? look::dim : look::bad});
  for (const auto& node : rows_of(body, "strangers"))
    now.out().line({"not understood: " + text_of(node, "name") + ", "
                      + text_of(node, "reason"),
                    look::bad});
}

status run(session& now, const arguments&) {
  return now.show(now.ask("/api/nodes"),
                  [&](const json& body) { draw(now, body); });
}

} // namespace

command nodes_command() {
  return {.name = "nodes",
          .summary = "Nodes of the cluster and their state",
          .parameters = {},
          .notes = "A * marks the node that was asked. CUT counts clients "
                   "closed for reading\ntoo slowly, PROBE is the round trip of "
                   "a message through Redis.\n\nExamples:\n  nodes",
          .run = run};
}

} // namespace rookery::console
