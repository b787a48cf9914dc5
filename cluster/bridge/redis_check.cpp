#include "cluster/bridge/redis_check.hpp"

#include "cluster/bridge/lease_scripts.hpp"
#include "cluster/bridge/lua_texts.hpp"
#include "cluster/redis/redis_reply.hpp"
#include "configs/log.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery {

const redis_script& check_script() {
  static const redis_script result{std::string{check_commands_lua}};
  return result;
}

void append_command(std::string& out, const redis_keys&,
                    const check_commands& what) {
  append_script_call(out, check_script(),
                     std::array<std::string_view, 1>{what.key},
                     std::array<std::string_view, 1>{what.channel});
}

void redis_check::link_up(time_point now) {
  due_at_ = now;
  tick(now);
}

void redis_check::tick(time_point now) {
  if (now < due_at_)
    return;
  due_at_ = now + pause;
  requests_.call(check_commands{keys_.check(), channel_},
                 [this](const redis_reply* reply, publish_problem) {
                   if (reply && reply->size() % 3 == 1
                       && is_list_of_texts(*reply, 0))
                     judge(*reply);
                 });
}

void redis_check::judge(const redis_reply& reply) {
  std::vector<lack> found;
  for (std::size_t at = 1; at < reply.size(); at += 3)
    found.push_back({std::string{reply.text(at)},
                     std::string{reply.text(at + 1)},
                     std::string{reply.text(at + 2)}});
  for (const auto& each : found)
    if (std::ranges::find(lacks_, each) == lacks_.end())
      log::warn("redis lacks a command", "command", each.command, "reason",
                each.reason, "affected", each.purpose);
  if (found.empty() && !lacks_.empty())
    log::info("redis has all commands again");
  lacks_ = std::move(found);
}

void redis_check::describe(snapshot& out) const {
  std::string text;
  for (const auto& each : lacks_)
    text.append(text.empty() ? "" : "; ")
      .append(each.command)
      .append(" (")
      .append(each.reason)
      .append("): ")
      .append(each.purpose);
  out.add("missing_commands", std::move(text));
}

} // namespace rookery
