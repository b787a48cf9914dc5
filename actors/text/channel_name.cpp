#include "actors/text/channel_name.hpp"

#include "configs/utf8.hpp"

#include <array>

namespace rookery {

namespace {

struct entry {
  name_error error;
  std::string_view text;
};

constexpr std::array table{
  entry{name_error::empty, "channel name is empty"},
  entry{name_error::too_long, "channel name is longer than 255 bytes"},
  entry{name_error::not_utf8, "channel name is not valid UTF-8"},
  entry{name_error::control_character,
        "channel name contains a control character"},
};

constexpr bool is_complete() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].error) != i)
      return false;
  return table.size()
         == static_cast<std::size_t>(name_error::control_character) + 1;
}

static_assert(is_complete(), "the table lists every error in enum order");

} // namespace

std::optional<name_error> check_channel_name(std::string_view name) noexcept {
  if (name.empty())
    return name_error::empty;
  if (name.size() > max_channel_name)
    return name_error::too_long;
  if (!is_valid_utf8(name))
    return name_error::not_utf8;
  if (has_control_character(name))
    return name_error::control_character;
  return std::nullopt;
}

bool is_reserved(std::string_view name) noexcept {
  return name.starts_with("__");
}

std::string_view describe(name_error error) noexcept {
  return table[static_cast<std::size_t>(error)].text;
}

} // namespace rookery
