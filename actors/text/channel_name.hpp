#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery {

/// The reason for which a string is no channel name.
enum class name_error : std::uint8_t {
  empty,
  too_long,          ///< over `max_channel_name` bytes
  not_utf8,          ///< not valid UTF-8
  control_character, ///< C0, DEL or C1
};

/// The largest channel name in bytes.
inline constexpr std::size_t max_channel_name = 255;

/// Checks a channel name. Every name from outside must pass this check before
/// it reaches a bus. Reserved names pass, too.
std::optional<name_error> check_channel_name(std::string_view name) noexcept;

/// Returns true if `name` is reserved for rookery: no client may use it.
bool is_reserved(std::string_view name) noexcept;

/// The channel that carries the messages between the nodes of a cluster.
inline constexpr std::string_view control_channel = "__rookery:control";

/// Returns a description of the error for the client.
std::string_view describe(name_error error) noexcept;

} // namespace rookery
