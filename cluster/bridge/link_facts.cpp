#include "cluster/bridge/link_facts.hpp"

#include <string>

namespace rookery {

redis_meters link_meters(const redis_ports& links) {
  const auto& subscribe = *links.subscribe;
  const auto& publish = *links.publish;
  redis_meters result{
    .publish_link_up = publish.state() == link_state::up,
    .subscribe_link_up = subscribe.state() == link_state::up,
    .publish_failures = publish.failures(),
    .subscribe_failures = subscribe.failures(),
    .wanted = subscribe.wanted(),
    .confirmed = subscribe.confirmed(),
    .refused = subscribe.refused(),
    .unanswered = publish.unanswered(),
    .unanswered_bytes = publish.unanswered_bytes(),
  };
  for (const auto& each : publish.errors().list())
    result.errors.push_back({"publish", each.word, each.count});
  for (const auto& each : subscribe.errors().list())
    result.errors.push_back({"subscribe", each.word, each.count});
  return result;
}

void describe_links(const redis_ports& links, snapshot& out) {
  const auto& subscribe = *links.subscribe;
  const auto& publish = *links.publish;
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("subscribe_link", std::string{to_string(subscribe.state())});
  out.add("publish_link", std::string{to_string(publish.state())});
  out.add("wanted", number(subscribe.wanted()));
  out.add("confirmed", number(subscribe.confirmed()));
  out.add("refused_subscriptions", number(subscribe.refused()));
  out.add("subscribe_failures", number(subscribe.failures()));
  out.add("publish_failures", number(publish.failures()));
  out.add("subscribe_down", std::string{subscribe.last_failure()});
  out.add("publish_down", std::string{publish.last_failure()});
  out.add("subscribe_errors", to_text(subscribe.errors()));
  out.add("publish_errors", to_text(publish.errors()));
  out.add("script_refusal", std::string{publish.script_refusal()});
}

} // namespace rookery
