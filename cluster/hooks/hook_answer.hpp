#pragma once

#include "actors/backend_hooks.hpp"

#include <optional>
#include <string_view>

/// Functions that read the answers of backends, JSON as in Centrifugo's HTTP
/// proxy: one of `result`, `error` and `disconnect`. They return nullopt for a
/// text that is not strict JSON (see json_object.hpp), a field of another type
/// or a code out of range. Unknown fields are ignored.
namespace rookery {

/// Reads the answer to `connect`. A missing result means that the backend does
/// not know the client.
std::optional<hook_answer<connect_grant>>
read_connect_answer(std::string_view text);

std::optional<hook_answer<refresh_grant>>
read_refresh_answer(std::string_view text);

std::optional<hook_answer<subscribe_grant>>
read_subscribe_answer(std::string_view text);

std::optional<hook_answer<publish_grant>>
read_publish_answer(std::string_view text);

std::optional<hook_answer<rpc_grant>> read_rpc_answer(std::string_view text);

} // namespace rookery
