#pragma once

#include "cluster/hooks/http_hooks.hpp"
#include "configs/settings.hpp"
#include "net/http_client.hpp"

#include <memory>
#include <vector>

namespace rookery {

/// The hooks of one loop with an HTTP client for each: a slow one keeps none of
/// the others waiting.
class loop_hooks {
public:
  /// `given` has passed its check. `loop` must outlive this.
  loop_hooks(io_loop& loop, const settings::hook_settings& given);

  backend_hooks& hooks() noexcept { return hooks_; }

  /// Ends what is asked. On the loop's thread, before the loop stops.
  void stop();

private:
  http_hooks::backends connect(io_loop& loop,
                               const settings::hook_settings& given);

  std::vector<std::unique_ptr<http_client>> clients_;
  http_hooks hooks_;
};

} // namespace rookery
