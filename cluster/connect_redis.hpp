#pragma once

#include "cluster/redis_bridge.hpp"
#include "cluster/redis_options.hpp"

#include <boost/asio/io_context.hpp>

namespace rookery {

/// Returns what gives a bridge its two links to a real Redis, on the loop of
/// `io`, which must outlive them.
redis_ports_factory connect_redis(boost::asio::io_context& io,
                                  const redis_options& options);

} // namespace rookery
