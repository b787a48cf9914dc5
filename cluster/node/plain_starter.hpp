#pragma once

#include "cluster/node/protocol.hpp"

namespace rookery {

/// Makes the starter of plain clients over WebSocket. The rest of their path is
/// the channel.
std::unique_ptr<protocol_starter>
make_plain_starter(node_loop& home, const protocol_context& node);

/// Makes the starter of plain clients over server-sent events, likewise.
std::unique_ptr<protocol_starter>
make_sse_starter(node_loop& home, const protocol_context& node);

} // namespace rookery
