#pragma once

#include "actors/centrifuge/centrifuge_codes.hpp"
#include "actors/message/close_reason.hpp"

#include <optional>
#include <string_view>
#include <variant>

namespace rookery {

class namespaces;

/// The reason why a command is not carried out: the client gets an error, or
/// its connection ends.
using centrifuge_refusal = std::variant<centrifuge_fault, close_reason>;

/// Returns the reason why clients may not name `channel` at all; nullopt if
/// they may. Permissions on the channel are not checked.
std::optional<centrifuge_refusal>
check_client_channel(const namespaces& names, std::string_view channel);

} // namespace rookery
