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

redis_ports_factory connect_redis(boost::asio::io_context& io,
                                  const redis_options& options) {
  return [&io, options](subscribe_events& subscribe, publish_events& publish) {
    return redis_ports{std::make_shared<redis_subscribe_link>(
                         io, options, subscribe, make_random()),
                       std::make_shared<redis_publish_link>(
                         io, options, publish, make_random())};
  };
}

} // namespace rookery
