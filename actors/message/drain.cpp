#include "actors/message/drain.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 5> verb_names{"look", "start", "pause",
                                                     "resume", "cancel"};
static_assert(verb_names.size()
              == static_cast<std::size_t>(drain_command::verb::cancel) + 1);

constexpr std::array<std::string_view, 4> state_names{"off", "running",
                                                      "paused", "done"};
static_assert(state_names.size()
              == static_cast<std::size_t>(drain_state::done) + 1);

} // namespace

std::string_view to_string(drain_command::verb what) noexcept {
  return verb_names[static_cast<std::size_t>(what)];
}

std::optional<drain_command::verb> drain_verb_named(std::string_view name) {
  const auto found = std::ranges::find(verb_names, name);
  if (found == verb_names.end())
    return std::nullopt;
  return static_cast<drain_command::verb>(found - verb_names.begin());
}

std::string_view to_string(drain_state state) noexcept {
  return state_names[static_cast<std::size_t>(state)];
}

} // namespace rookery
