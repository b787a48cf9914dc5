#include "cluster/bridge/lease_scripts.hpp"

#include "cluster/bridge/lua_texts.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace rookery {

namespace {

using kind = redis_reply::kind;
using words = std::vector<std::string_view>;

} // namespace

redis_script make_entry_script(std::string_view entries,
                               std::string_view body) {
  std::string text{lease_lua};
  return redis_script{text.append(entries).append(body)};
}

lease_scripts make_lease_scripts(std::string_view entries) {
  return {make_entry_script(entries, lease_renew_lua),
          make_entry_script(entries, lease_add_lua),
          make_entry_script(entries, lease_remove_lua),
          make_entry_script(entries, lease_sweep_lua)};
}

void append_entry_call(std::string& out, const lease_kind& kind,
                       const redis_script& script,
                       std::span<const std::string_view> more) {
  const words keys(kind.keys.begin(), kind.keys.end());
  words arguments(kind.arguments.begin(), kind.arguments.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  append_script_call(out, script, keys, arguments);
}

void append_command(std::string& out, const redis_keys&,
                    const lease_renew& what) {
  const auto length = time_to_live(what.length);
  const auto cursor = std::to_string(what.cursor);
  const auto count = std::to_string(lease_batch);
  append_entry_call(out, what.kind, what.kind.scripts.renew,
                    words{what.node, length, cursor, count});
}

std::optional<lease_renewed> read_renewed(const redis_reply& reply) {
  if (!is_list_of_texts(reply, 1) || reply.size() < 3
      || reply.type(1) != kind::integer)
    return std::nullopt;
  lease_renewed result{reply.number(1) != 0, 0, {}};
  const auto cursor = reply.text(2);
  const auto* end = cursor.data() + cursor.size();
  const auto [stop, problem] =
    std::from_chars(cursor.data(), end, result.cursor);
  if (problem != std::errc{} || stop != end)
    return std::nullopt;
  for (std::size_t at = 3; at < reply.size(); ++at)
    result.names.emplace_back(reply.text(at));
  return result;
}

void append_command(std::string& out, const redis_keys&,
                    const lease_add& what) {
  words arguments{what.node};
  arguments.insert(arguments.end(), what.words.begin(), what.words.end());
  append_entry_call(out, what.kind, what.kind.scripts.add, arguments);
}

std::optional<lease_added> read_added(const redis_reply& reply) {
  if (reply.size() != 1 || reply.type(0) != kind::integer)
    return std::nullopt;
  if (reply.number(0) == -1)
    return lease_added{};
  const auto count = count_at(reply, 0);
  return count ? std::optional{lease_added{true, *count}} : std::nullopt;
}

void append_command(std::string& out, const redis_keys&,
                    const lease_remove& what) {
  assert(what.entries.size() <= lease_batch);
  const auto step = std::to_string(what.step);
  const auto lost = std::to_string(what.lost);
  words arguments{what.node, step, lost};
  for (const auto& entry : what.entries)
    arguments.insert(arguments.end(),
                     {entry.name, entry.text, entry.must ? "1" : "0"});
  append_entry_call(out, what.kind, what.kind.scripts.remove, arguments);
}

std::optional<std::size_t> read_entries_removed(const redis_reply& reply) {
  return reply.size() == 1 ? count_at(reply, 0) : std::nullopt;
}

void append_command(std::string& out, const redis_keys&,
                    const lease_sweep& what) {
  const auto limit = std::to_string(std::min(what.limit, lease_batch));
  append_entry_call(out, what.kind, what.kind.scripts.sweep,
                    words{what.node, limit});
}

std::optional<lease_swept> read_swept(const redis_reply& reply) {
  if (!reply.is_list_of(3) || reply.type(1) != kind::text)
    return std::nullopt;
  const auto made = count_at(reply, 2);
  const auto left = count_at(reply, 3);
  if (!made || !left)
    return std::nullopt;
  return lease_swept{std::string{reply.text(1)}, *made, *left};
}

std::optional<std::uint64_t> count_at(const redis_reply& reply,
                                      std::size_t at) {
  if (at >= reply.size() || reply.type(at) != kind::integer
      || reply.number(at) < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(reply.number(at));
}

bool is_list_of_texts(const redis_reply& reply, std::size_t from) {
  if (reply.size() <= from || !reply.is_list_of(reply.size() - 1))
    return false;
  for (auto at = from + 1; at < reply.size(); ++at)
    if (reply.type(at) != kind::text)
      return false;
  return true;
}

} // namespace rookery
