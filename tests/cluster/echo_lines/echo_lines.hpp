#pragma once

#include "cluster/node/protocol.hpp"

namespace rookery::test {

/// Makes the starter of "echo lines", a protocol that only tests speak: every
/// line of a client's text messages is published on the channel that the rest
/// of its path names, and every publication reaches it as one line.
std::unique_ptr<protocol_starter>
make_echo_lines_starter(node_loop& home, const protocol_context& node);

} // namespace rookery::test
