#include "apps/rookery-bench/redis_usage.hpp"

#include <hiredis/hiredis.h>

#include <arpa/inet.h>
#include <charconv>
#include <memory>
#include <stdexcept>

namespace rookery::bench {

namespace {

constexpr timeval patience{.tv_sec = 5, .tv_usec = 0};

template <class Number>
Number number_behind(std::string_view text, std::string_view key) {
  Number result{};
  if (const auto at = text.find(key); at != std::string_view::npos)
    std::from_chars(text.data() + at + key.size(), text.data() + text.size(),
                    result);
  return result;
}

void read_line(std::string_view line, redis_usage& result) {
  static constexpr std::string_view command = "cmdstat_";
  if (line.starts_with("used_cpu_sys:") || line.starts_with("used_cpu_user:"))
    result.cpu +=
      static_cast<std::uint64_t>(number_behind<double>(line, ":") * 1e9);
  else if (line.starts_with(command))
    result.commands.emplace(
      line.substr(command.size(), line.find(':') - command.size()),
      redis_usage::command{number_behind<std::uint64_t>(line, "calls="),
                           number_behind<std::uint64_t>(line, "usec=")});
}

} // namespace

redis_usage redis_usage::read(std::string_view info) {
  redis_usage result;
  while (!info.empty()) {
    const auto end = info.find('\n');
    read_line(info.substr(0, end), result);
    info.remove_prefix(end == std::string_view::npos ? info.size() : end + 1);
  }
  return result;
}

redis_usage redis_usage::of(const sockaddr_in& server) {
  char address[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &server.sin_addr, address, sizeof address);
  const std::unique_ptr<redisContext, void (*)(redisContext*)> link{
    redisConnectWithTimeout(address, ntohs(server.sin_port), patience),
    redisFree};
  if (!link || link->err != 0 || redisSetTimeout(link.get(), patience) != 0)
    throw std::runtime_error("cannot ask Redis what it did");
  const std::unique_ptr<redisReply, void (*)(void*)> reply{
    static_cast<redisReply*>(redisCommand(link.get(), "INFO all")),
    freeReplyObject};
  if (!reply || reply->type != REDIS_REPLY_STRING)
    throw std::runtime_error("Redis does not say what it did");
  return read({reply->str, reply->len});
}

redis_usage redis_usage::since(const redis_usage& start) const {
  redis_usage result;
  result.cpu = cpu - start.cpu;
  for (const auto& [name, total] : commands) {
    const auto before = start.commands.find(name);
    const auto used =
      before == start.commands.end() ? command{} : before->second;
    if (total.calls > used.calls)
      result.commands[name] = {total.calls - used.calls,
                               total.microseconds - used.microseconds};
  }
  return result;
}

} // namespace rookery::bench
