#pragma once

#include "cluster/bridge/redis_bridge.hpp"
#include "cluster/redis/redis_options.hpp"

namespace rookery {

class io_loop;

/// Returns a function that makes the two links of a bridge to a real Redis, on
/// `loop`, which must outlive them.
redis_ports_factory connect_redis(io_loop& loop, const redis_options& options);

} // namespace rookery
