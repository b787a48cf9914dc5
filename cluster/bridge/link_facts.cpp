#include "cluster/bridge/link_facts.hpp"

#include <string>
#include <string_view>

namespace rookery {

namespace {

/// Adds the errors of a link, with "other" even if there was none: a rate needs
/// a first value.
void add_errors(redis_meters& to, std::string_view link,
                const redis_errors& errors) {
  auto has_other = false;
  for (const auto& each : errors.list()) {
    to.errors.push_back({link, each.word, each.count});
    has_other = has_other || each.word == "other";
  }
  if (!has_other)
    to.errors.push_back({link, "other", 0});
}

} // namespace

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
  add_errors(result, "publish", publish.errors());
  add_errors(result, "subscribe", subscribe.errors());
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
