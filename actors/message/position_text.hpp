#pragma once

#include "actors/message/publication_fields.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// Bytes of an epoch that a client may name.
inline constexpr std::size_t longest_epoch = 64;

/// Writes a position as plain clients see it: `<offset>:<epoch>`.
std::string to_text(const stream_position& position);

/// Reads what `to_text` wrote, epochs being letters and digits; nothing when it
/// is something else.
std::optional<stream_position> parse_position(std::string_view text);

} // namespace rookery
