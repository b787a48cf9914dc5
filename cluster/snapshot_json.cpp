#include "cluster/snapshot_json.hpp"

#include <nlohmann/json.hpp>

namespace rookery {

namespace {

using json = nlohmann::ordered_json;

json value_of(const snapshot& actor) {
  json facts = json::object();
  for (const auto& each : actor.facts)
    std::visit([&](const auto& value) { facts[each.name] = value; },
               each.value);
  return {{"id", actor.id},
          {"kind", actor.kind},
          {"loop", actor.loop},
          {"age_seconds", actor.age.count()},
          {"handled", actor.handled},
          {"queued_messages", actor.queue_depth},
          {"queued_bytes", actor.queue_bytes},
          {"last_error", actor.last_error},
          {"facts", std::move(facts)}};
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace

std::string to_json(const snapshot& actor) {
  return text_of(value_of(actor));
}

std::string to_json(const listing& page) {
  json actors = json::array();
  for (const auto& each : page.actors)
    actors.push_back(value_of(each));
  json result{{"actors", std::move(actors)}};
  if (page.next != 0)
    result["next"] = page.next;
  return text_of(result);
}

} // namespace rookery
