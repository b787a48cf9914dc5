#include "cluster/bridge/presence_scripts.hpp"

#include "actors/message/publication_fields.hpp"
#include "cluster/bridge/lease_lua.hpp"
#include "cluster/bridge/presence_lua.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace rookery {

namespace {

using kind = redis_reply::kind;
using words = std::vector<std::string_view>;

redis_script with_common(const char* text) {
  return redis_script{std::string{lease_lua::common} + presence_lua::common
                      + text};
}

const redis_script& renew_script() {
  static const auto result = with_common(presence_lua::renew);
  return result;
}

const redis_script& add_script() {
  static const auto result = with_common(presence_lua::add);
  return result;
}

const redis_script& remove_script() {
  static const auto result = with_common(presence_lua::remove);
  return result;
}

const redis_script& sweep_script() {
  static const auto result = with_common(presence_lua::sweep);
  return result;
}

const redis_script& list_script() {
  static const auto result = with_common(presence_lua::list);
  return result;
}

const redis_script& stats_script() {
  static const auto result = with_common(presence_lua::stats);
  return result;
}

/// Appends a call with what all scripts are given, then `more`.
void append_call(std::string& out, const redis_keys& keys,
                 const redis_script& script, const words& more) {
  const auto leases = keys.leases();
  const auto ttl = time_to_live(presence_ttl);
  const auto names = keys.pubsub({});
  const auto entries = keys.entries({});
  const auto users = keys.users({});
  const auto nodes = keys.node_entries({});
  words arguments{ttl, names, entries, users, nodes};
  arguments.insert(arguments.end(), more.begin(), more.end());
  append_script_call(out, script, std::array<std::string_view, 1>{leases},
                     arguments);
}

/// A count as element `at`.
std::optional<std::uint64_t> count_at(const redis_reply& reply,
                                      std::size_t at) {
  if (at >= reply.size() || reply.type(at) != kind::integer
      || reply.number(at) < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(reply.number(at));
}

} // namespace

std::array<const redis_script*, 6> presence_scripts() {
  return {&renew_script(), &add_script(),  &remove_script(),
          &sweep_script(), &list_script(), &stats_script()};
}

void append_command(std::string& out, const redis_keys& keys,
                    const presence_renew& what) {
  const auto lease = time_to_live(what.lease);
  const auto cursor = std::to_string(what.cursor);
  const auto count = std::to_string(presence_batch);
  append_call(out, keys, renew_script(), {what.node, lease, cursor, count});
}

std::optional<presence_renewed> read_renewed(const redis_reply& reply) {
  if (!reply.is_list_of(2) || reply.type(1) != kind::integer
      || reply.type(2) != kind::text)
    return std::nullopt;
  presence_renewed result{reply.number(1) != 0, 0};
  const auto text = reply.text(2);
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, result.cursor);
  if (problem != std::errc{} || stop != end)
    return std::nullopt;
  return result;
}

void append_command(std::string& out, const redis_keys& keys,
                    const presence_add& what) {
  assert(what.entries.size() <= presence_batch);
  words arguments{what.node};
  for (const auto& entry : what.entries) {
    assert(entry.user.size() <= longest_field);
    arguments.insert(arguments.end(), {entry.channel, entry.client, entry.user,
                                       entry.info, entry.join, entry.leave});
  }
  append_call(out, keys, add_script(), arguments);
}

std::optional<presence_added> read_added(const redis_reply& reply) {
  if (reply.size() == 1 && reply.type(0) == kind::integer
      && reply.number(0) == -1)
    return presence_added{};
  const auto count = count_at(reply, 0);
  if (!count || reply.size() != 1)
    return std::nullopt;
  return presence_added{true, *count};
}

void append_command(std::string& out, const redis_keys& keys,
                    const presence_remove& what) {
  assert(what.entries.size() <= presence_batch);
  words arguments{what.node};
  for (const auto& place : what.entries)
    arguments.insert(arguments.end(), {place.channel, place.client});
  append_call(out, keys, remove_script(), arguments);
}

std::optional<std::size_t> read_entries_removed(const redis_reply& reply) {
  return reply.size() == 1 ? count_at(reply, 0) : std::nullopt;
}

void append_command(std::string& out, const redis_keys& keys,
                    const presence_sweep& what) {
  const auto most = std::to_string(std::min(what.most, presence_batch));
  append_call(out, keys, sweep_script(), {what.node, most});
}

std::optional<presence_swept> read_swept(const redis_reply& reply) {
  if (!reply.is_list_of(3) || reply.type(1) != kind::text)
    return std::nullopt;
  const auto removed = count_at(reply, 2);
  const auto left = count_at(reply, 3);
  if (!removed || !left)
    return std::nullopt;
  return presence_swept{std::string{reply.text(1)}, *removed, *left};
}

void append_command(std::string& out, const redis_keys& keys,
                    const presence_list& what) {
  const auto limit = std::to_string(std::min(what.limit, longest_listing));
  const auto bytes = std::to_string(what.most_bytes);
  append_call(out, keys, list_script(), {what.channel, limit, bytes});
}

std::optional<std::vector<presence_listed>>
read_listing(const redis_reply& reply) {
  if (reply.size() % 2 == 0 || !reply.is_list_of(reply.size() - 1))
    return std::nullopt;
  std::vector<presence_listed> result;
  result.reserve(reply.size() / 2);
  for (std::size_t i = 1; i < reply.size(); i += 2) {
    if (reply.type(i) != kind::text || reply.type(i + 1) != kind::text)
      return std::nullopt;
    result.push_back(
      {std::string{reply.text(i)}, std::string{reply.text(i + 1)}});
  }
  return result;
}

void append_command(std::string& out, const redis_keys& keys,
                    const presence_count& what) {
  append_call(out, keys, stats_script(), {what.channel});
}

std::optional<presence_counts> read_counts(const redis_reply& reply) {
  const auto clients = count_at(reply, 1);
  const auto users = count_at(reply, 2);
  if (!reply.is_list_of(2) || !clients || !users)
    return std::nullopt;
  return presence_counts{*clients, *users};
}

} // namespace rookery
