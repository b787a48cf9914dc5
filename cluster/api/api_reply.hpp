#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/message/control.hpp"
#include "actors/message/presence.hpp"
#include "cluster/api/api_command.hpp"

#include <string>
#include <string_view>
#include <variant>

/// The replies of the server API, in the format of Centrifugo.
namespace rookery {

/// A reply: a result, which is the text of a JSON object, or an error.
using api_reply = std::variant<std::string, api_error>;

/// Makes the reply to a publish or a removal.
api_reply reply_to(const publish_outcome& result);

/// Makes the reply to a history command; `since` is the position that the
/// caller knows, if it has an epoch.
api_reply reply_to(const history_answer& answer, const stream_position& since);

/// Makes the reply to a presence command: the present clients, or with
/// `is_count` only their number.
api_reply reply_to(const presence_answer& answer, bool is_count);

/// Makes the reply to `asked` from the answers of the nodes.
api_reply reply_to(const cluster_answer& answer, const control_query& asked);

/// Appends `{"result":…}` or `{"error":…}`.
void append_reply(std::string& out, const api_reply& reply);

/// Appends `{"METHOD":…}` or `{"error":…}`, as within a batch.
void append_batched(std::string& out, std::string_view method,
                    const api_reply& reply);

} // namespace rookery
