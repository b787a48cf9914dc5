#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The drain of a node: its clients are closed at a rate, so that they come
/// back elsewhere.
namespace rookery {

struct drain_command {
  enum class verb : std::uint8_t { look, start, pause, resume, cancel };

  verb what = verb::look;
  /// Clients to close per second, with `start`.
  std::uint32_t rate = 0;

  bool operator==(const drain_command&) const = default;
};

std::string_view to_string(drain_command::verb what) noexcept;

/// Returns nullopt if no verb has that name.
std::optional<drain_command::verb> drain_verb_named(std::string_view name);

enum class drain_state : std::uint8_t { off, running, paused, done };

std::string_view to_string(drain_state state) noexcept;

struct drain_report {
  drain_state state = drain_state::off;
  std::uint32_t rate = 0;
  std::uint64_t closed = 0;
};

} // namespace rookery
