#include "cluster/redis/redis_command.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace rookery {

namespace {

void append_count(std::string& out, char type, std::size_t count) {
  std::array<char, std::numeric_limits<std::size_t>::digits10 + 1> digits;
  const auto end =
    std::to_chars(digits.data(), digits.data() + digits.size(), count).ptr;
  out.push_back(type);
  out.append(digits.data(), end).append("\r\n");
}

} // namespace

void append_redis_command(std::string& out,
                          std::span<const std::string_view> arguments) {
  append_count(out, '*', arguments.size());
  for (const auto& argument : arguments) {
    append_count(out, '$', argument.size());
    out.append(argument).append("\r\n");
  }
}

} // namespace rookery
