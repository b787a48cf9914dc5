#include "cluster/connect_redis.hpp"

#include "cluster/redis_publish_link.hpp"
#include "cluster/redis_subscribe_link.hpp"

#include <random>

namespace rookery {

namespace {

std::function<double()> make_random() {
  return [engine = std::minstd_rand{std::random_device{}()}]() mutable {
    return std::uniform_real_distribution<double>{0, 1}(engine);
  };
}

} // namespace

redis_ports_factory connect_redis(io_loop& loop, const redis_options& options) {
  return
    [&loop, options](subscribe_events& subscribe, publish_events& publish) {
      return redis_ports{std::make_shared<redis_subscribe_link>(
                           loop, options, subscribe, make_random()),
                         std::make_shared<redis_publish_link>(
                           loop, options, publish, make_random())};
    };
}

} // namespace rookery
