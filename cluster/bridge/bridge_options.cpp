#include "cluster/bridge/bridge_options.hpp"

#include "cluster/bridge/redis_keys.hpp"
#include "cluster/shared/random_text.hpp"

namespace rookery {

bridge_options make_bridge_options(const std::string& prefix) {
  bridge_options result;
  result.prefix = prefix;
  result.probe_channel =
    redis_keys{prefix}.pubsub("__rookery:probe:" + random_text(16));
  result.node = random_text(16);
  return result;
}

} // namespace rookery
