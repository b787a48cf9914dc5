#pragma once

#include "cluster/node/protocol.hpp"

namespace rookery::test {

/// Makes the starter of "echo lines", a protocol for tests only. The rest of a
/// client's path is a channel: every line of its text messages is published
/// there, and the client gets every publication as one line.
std::unique_ptr<protocol_starter>
make_echo_lines_starter(node_loop& home, const protocol_context& node);

} // namespace rookery::test
