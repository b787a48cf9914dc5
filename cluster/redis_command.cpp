#include "cluster/redis_command.hpp"

#include <hiredis/hiredis.h>

#include <new>
#include <vector>

namespace rookery {

void append_redis_command(std::string& out,
                          std::span<const std::string_view> arguments) {
  std::vector<const char*> pointers;
  std::vector<std::size_t> lengths;
  pointers.reserve(arguments.size());
  lengths.reserve(arguments.size());
  for (const auto& argument : arguments) {
    pointers.push_back(argument.data());
    lengths.push_back(argument.size());
  }
  char* command = nullptr;
  const auto size =
    redisFormatCommandArgv(&command, static_cast<int>(arguments.size()),
                           pointers.data(), lengths.data());
  if (size < 0)
    throw std::bad_alloc{};
  out.append(command, static_cast<std::size_t>(size));
  redisFreeCommand(command);
}

} // namespace rookery
