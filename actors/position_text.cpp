#include "actors/position_text.hpp"

#include <algorithm>
#include <charconv>

namespace rookery {

namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9');
}

} // namespace

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
  if (epoch.empty() || epoch.size() > longest_epoch
      || !std::all_of(epoch.begin(), epoch.end(), is_letter_or_digit))
    return std::nullopt;
  result.epoch = epoch;
  return result;
}

} // namespace rookery
