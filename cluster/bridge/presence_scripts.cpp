#include "cluster/bridge/presence_scripts.hpp"

#include "cluster/bridge/lua_texts.hpp"

#include <algorithm>

namespace rookery {

namespace {

using kind = redis_reply::kind;

const redis_script& list_script() {
  static const auto result =
    make_entry_script(presence_entries_lua, presence_list_lua);
  return result;
}

const redis_script& count_script() {
  static const auto result =
    make_entry_script(presence_entries_lua, presence_count_lua);
  return result;
}

} // namespace

const lease_scripts& presence_lease_scripts() {
  static const auto result = make_lease_scripts(presence_entries_lua);
  return result;
}

std::array<const redis_script*, 6> presence_scripts() {
  const auto& leases = presence_lease_scripts();
  return {&leases.renew, &leases.add,    &leases.remove,
          &leases.sweep, &list_script(), &count_script()};
}

void append_command(std::string& out, const redis_keys&,
                    const presence_list& what) {
  const auto limit = std::to_string(std::min(what.limit, longest_listing));
  const auto bytes = std::to_string(what.max_bytes);
  append_entry_call(
    out, what.kind, list_script(),
    std::array<std::string_view, 3>{what.channel, limit, bytes});
}

std::optional<std::vector<presence_listed>>
read_listing(const redis_reply& reply) {
  if (reply.size() % 2 == 0 || !is_list_of_texts(reply, 0))
    return std::nullopt;
  std::vector<presence_listed> result;
  result.reserve(reply.size() / 2);
  for (std::size_t i = 1; i < reply.size(); i += 2)
    result.push_back(
      {std::string{reply.text(i)}, std::string{reply.text(i + 1)}});
  return result;
}

void append_command(std::string& out, const redis_keys&,
                    const presence_count& what) {
  append_entry_call(out, what.kind, count_script(),
                    std::array<std::string_view, 1>{what.channel});
}

std::optional<presence_counts> read_counts(const redis_reply& reply) {
  const auto clients = count_at(reply, 1);
  const auto users = count_at(reply, 2);
  if (!reply.is_list_of(2) || !clients || !users)
    return std::nullopt;
  return presence_counts{*clients, *users};
}

} // namespace rookery
