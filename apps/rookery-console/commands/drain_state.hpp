#pragma once

#include "apps/rookery-console/api.hpp"

#include <string>

namespace rookery::console {

/// The progress of a drain, from the member `drain` of an answer, which must
/// not be null: "300 of 1000, 100/s", "done, 1000 clients", "paused at 300 of
/// 1000".
std::string drain_progress(const json& drain);

} // namespace rookery::console
