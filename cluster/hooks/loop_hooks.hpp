#pragma once

#include "cluster/hooks/http_hooks.hpp"
#include "configs/settings.hpp"
#include "net/http_client.hpp"

#include <memory>
#include <vector>

namespace rookery {

/// The hooks of one loop. Each hook has an HTTP client of its own, so that a
/// slow backend does not delay the other hooks.
class loop_hooks {
public:
  /// `given` must have passed its check. `loop` must outlive this.
  loop_hooks(io_loop& loop, const settings::hook_settings& given);

  backend_hooks& hooks() noexcept { return hooks_; }

  /// Ends all requests. Must be called on the loop's thread, before it stops.
  void stop();

private:
  http_hooks::backends connect(io_loop& loop,
                               const settings::hook_settings& given);

  std::vector<std::unique_ptr<http_client>> clients_;
  http_hooks hooks_;
};

} // namespace rookery
