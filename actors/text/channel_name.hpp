#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery {

/// Why a string names no channel.
enum class name_error : std::uint8_t {
  empty,
  too_long,          ///< over `max_channel_name` bytes
  not_utf8,          ///< not valid UTF-8
  control_character, ///< C0, DEL or C1
};

/// Bytes a channel name may have.
inline constexpr std::size_t max_channel_name = 255;

/// Judges a channel name. Everything that comes from outside passes here before
/// it reaches a bus. Reserved names pass, too.
std::optional<name_error> check_channel_name(std::string_view name) noexcept;

/// Whether `name` is kept for rookery itself: no client may use it.
bool is_reserved(std::string_view name) noexcept;

/// The channel over which the nodes of a cluster speak with each other.
inline constexpr std::string_view control_channel = "__rookery:control";

/// Says in words what is wrong, for the client.
std::string_view describe(name_error error) noexcept;

} // namespace rookery
