#include "cluster/bridge/redis_webhook_store.hpp"

#include "cluster/bridge/webhook_scripts.hpp"

#include <utility>

namespace rookery {

void redis_webhook_store::fetch(fetch_handler then) {
  requests_.call(webhook_fetch{kind_, node_}, [then](const redis_reply* reply,
                                                     publish_problem) {
    auto result = reply ? read_webhooks_fetched(*reply) : std::nullopt;
    if (!result)
      return then({});
    then(
      {result->is_ours ? turn::ours : turn::other, std::move(result->batch)});
  });
}

void redis_webhook_store::settle(const webhook_batch& batch,
                                 settle_handler then) {
  requests_.call(
    webhook_settle{kind_, node_, batch},
    [then](const redis_reply* reply, publish_problem) {
      const auto done = reply ? read_webhooks_done(*reply) : std::nullopt;
      then(!done ? turn::unknown : *done ? turn::ours : turn::other);
    });
}

void redis_webhook_store::release(release_handler then) {
  requests_.call(webhook_release{kind_, node_},
                 [then](const redis_reply*, publish_problem) { then(); });
}

} // namespace rookery
