#pragma once

#include "actors/backend_hooks.hpp"

#include <string>
#include <string_view>
#include <variant>

/// Functions that read the answers of backends, JSON as in Centrifugo's HTTP
/// proxy: one of `result`, `error` and `disconnect`. A text that is not a JSON
/// object, a field of another type and a code out of range make an answer bad.
/// Unknown fields are ignored, those of Centrifugo that are not supported are
/// bad unless they ask for nothing.
namespace rookery {

/// An answer that cannot be used.
struct bad_hook_answer {
  std::string cause; ///< names the field, has no part of the answer
};

template <class Grant>
using hook_reading = std::variant<hook_answer<Grant>, bad_hook_answer>;

/// Reads the answer to `connect`. A missing result means that the backend does
/// not know the client.
hook_reading<connect_grant> read_connect_answer(std::string_view text);

hook_reading<refresh_grant> read_refresh_answer(std::string_view text);

hook_reading<subscribe_grant> read_subscribe_answer(std::string_view text);

hook_reading<publish_grant> read_publish_answer(std::string_view text);

hook_reading<rpc_grant> read_rpc_answer(std::string_view text);

} // namespace rookery
