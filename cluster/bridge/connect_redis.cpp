#include "cluster/bridge/connect_redis.hpp"

#include "cluster/redis/redis_publish_link.hpp"
#include "cluster/redis/redis_subscribe_link.hpp"
#include "cluster/shared/random_number.hpp"

namespace rookery {

redis_ports_factory connect_redis(io_loop& loop, const redis_options& options) {
  return
    [&loop, options](subscribe_events& subscribe, publish_events& publish) {
      return redis_ports{std::make_shared<redis_subscribe_link>(
                           loop, options, subscribe, random_numbers()),
                         std::make_shared<redis_publish_link>(
                           loop, options, publish, random_numbers())};
    };
}

} // namespace rookery
