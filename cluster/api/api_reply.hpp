#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/message/control.hpp"
#include "actors/message/presence.hpp"
#include "cluster/api/api_command.hpp"

#include <string>
#include <string_view>
#include <variant>

/// A reply of the server API, in the form of Centrifugo's.
namespace rookery {

/// The JSON text of a result, an object, or an error.
using api_reply = std::variant<std::string, api_error>;

/// The reply to a publish, or a removal.
api_reply reply_to(const publish_outcome& result);

/// A page of history; `epoch` is what the caller takes it to be.
api_reply reply_to(const history_answer& answer, std::string_view epoch);

/// The clients that are present, or with `is_count` only their number.
api_reply reply_to(const presence_answer& answer, bool is_count);

/// The reply made of the answers of the nodes to `asked`.
api_reply reply_to(const cluster_answer& answer, const control_query& asked);

/// Appends `{"result":…}` or `{"error":…}`.
void append_reply(std::string& out, const api_reply& reply);

/// Appends `{"METHOD":…}` or `{"error":…}`, as within a batch.
void append_batched(std::string& out, std::string_view method,
                    const api_reply& reply);

} // namespace rookery
