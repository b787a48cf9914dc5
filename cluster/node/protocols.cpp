#include "cluster/node/protocols.hpp"

#include "cluster/node/centrifuge_starter.hpp"
#include "cluster/node/plain_starter.hpp"

#include <array>

namespace rookery {

namespace {

constexpr std::array table{
  protocol{"plain", "/ws/", make_plain_starter},
  protocol{"sse", "/sse/", make_sse_starter},
  protocol{"centrifuge", "/connection/websocket", make_centrifuge_starter},
};

} // namespace

protocol_table all_protocols() noexcept {
  return table;
}

} // namespace rookery
