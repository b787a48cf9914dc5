#include "apps/rookery-bench/protocol.hpp"

namespace rookery::bench {

std::unique_ptr<wire> make_wire(protocol kind, const wire_options& options) {
  return kind == protocol::redis ? make_redis_wire(options)
                                 : make_plain_wire(options);
}

} // namespace rookery::bench
