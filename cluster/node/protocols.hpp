#pragma once

#include "cluster/node/protocol.hpp"

namespace rookery {

/// Returns the table of the protocols that nodes speak.
protocol_table all_protocols() noexcept;

} // namespace rookery
