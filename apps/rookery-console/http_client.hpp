#pragma once

#include "apps/rookery-console/api.hpp"
#include "apps/rookery-console/node_access.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace rookery::console {

/// Time limits for a node.
struct time_limits {
  std::chrono::milliseconds connect{2'000};
  std::chrono::milliseconds answer{10'000};
};

/// The admin API over HTTP, with one connection per request.
std::unique_ptr<api> make_http_client(node_access where, time_limits limits,
                                      std::function<bool()> interrupted);

} // namespace rookery::console
