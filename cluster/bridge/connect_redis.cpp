#include "cluster/bridge/connect_redis.hpp"

#include "cluster/bridge/history_scripts.hpp"
#include "cluster/bridge/presence_scripts.hpp"
#include "cluster/bridge/redis_check.hpp"
#include "cluster/bridge/webhook_scripts.hpp"
#include "cluster/redis/redis_publish_link.hpp"
#include "cluster/redis/redis_subscribe_link.hpp"
#include "cluster/shared/random_number.hpp"

#include <array>

namespace rookery {

namespace {

redis_scripts all_scripts(const redis_options& options) {
  redis_scripts result;
  const auto add = [&result](const auto& scripts) {
    result.all.insert(result.all.end(), scripts.begin(), scripts.end());
  };
  add(history_scripts());
  add(presence_scripts());
  add(webhook_scripts());
  add(std::array{&check_script()});
  // The largest reply is a page of a history or a listing of presence.
  result.replies.elements = 4 * longest_page;
  result.replies.depth = 2;
  result.replies.bytes = longest_page_bytes + options.reply_bytes + 64 * 1024;
  return result;
}

} // namespace

redis_ports_factory connect_redis(io_loop& loop, const redis_options& options) {
  return
    [&loop, options](subscribe_events& subscribe, publish_events& publish) {
      return redis_ports{
        std::make_shared<redis_subscribe_link>(loop, options, subscribe,
                                               random_numbers()),
        std::make_shared<redis_publish_link>(
          loop, options, all_scripts(options), publish, random_numbers())};
    };
}

} // namespace rookery
