#pragma once

#include "cluster/node/protocol.hpp"

namespace rookery {

/// Makes the starter of clients of the Centrifuge protocol over WebSocket.
std::unique_ptr<protocol_starter>
make_centrifuge_starter(node_loop& home, const protocol_context& node);

} // namespace rookery
