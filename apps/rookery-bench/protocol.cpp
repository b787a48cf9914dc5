#include "apps/rookery-bench/protocol.hpp"

namespace rookery::bench {

std::unique_ptr<wire> make_wire(protocol kind, const wire_options& options) {
  switch (kind) {
  case protocol::centrifuge:
    return make_centrifuge_wire(options);
  case protocol::redis:
    return make_redis_wire(options);
  case protocol::plain:
    break;
  }
  return make_plain_wire(options);
}

} // namespace rookery::bench
