#include "actors/message/position_text.hpp"

#include "actors/text/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace rookery {

bool is_epoch(std::string_view text) noexcept {
  return !text.empty() && text.size() <= longest_epoch
         && std::ranges::all_of(text, is_letter_or_digit);
}

std::string to_text(const stream_position& position) {
  return std::to_string(position.offset) + ':' + position.epoch;
}

std::optional<stream_position> parse_position(std::string_view text) {
  stream_position result;
  const auto* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, result.offset);
  if (number.ec != std::errc{} || number.ptr == end || *number.ptr != ':')
    return std::nullopt;
  const std::string_view epoch{number.ptr + 1, end};
  if (!is_epoch(epoch))
    return std::nullopt;
  result.epoch = epoch;
  return result;
}

} // namespace rookery
