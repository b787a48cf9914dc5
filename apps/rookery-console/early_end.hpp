#pragma once

#include "apps/rookery-console/session.hpp"

#include <string>

namespace rookery::console {

/// A parse result without a command to run: help was asked for, or the words
/// were wrong.
struct early_end {
  status how = status::ok;
  std::string text; ///< to standard error unless `how` is ok
};

} // namespace rookery::console
