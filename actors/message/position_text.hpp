#pragma once

#include "actors/message/publication_fields.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// The maximum bytes of an epoch.
inline constexpr std::size_t longest_epoch = 64;

/// Returns true if `text` can be an epoch: letters and digits, at least one and
/// at most `longest_epoch`. Others could break the lines of an event stream.
bool is_epoch(std::string_view text) noexcept;

/// Writes a position as plain clients see it: `<offset>:<epoch>`.
std::string to_text(const stream_position& position);

/// Reads the result of `to_text`, with an epoch of letters and digits. Returns
/// nullopt if `text` is malformed.
std::optional<stream_position> parse_position(std::string_view text);

} // namespace rookery
