#include "cluster/bridge/webhook_scripts.hpp"

#include "cluster/bridge/lease_lua.hpp"
#include "cluster/bridge/webhook_lua.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace rookery {

namespace {

using kind = redis_reply::kind;
using words = std::vector<std::string_view>;

enum script : std::size_t { renew, add, remove, sweep, fetch, settle, release };

const redis_script& script_of(script which) {
  const auto with_common = [](const char* text) {
    return redis_script{std::string{lease_lua::common} + webhook_lua::common
                        + text};
  };
  static const std::array all{
    with_common(webhook_lua::renew),  with_common(webhook_lua::add),
    with_common(webhook_lua::remove), with_common(webhook_lua::sweep),
    with_common(webhook_lua::fetch),  with_common(webhook_lua::settle),
    with_common(webhook_lua::release)};
  return all[which];
}

/// Appends a call with what all scripts are given, then `more`.
void append_call(std::string& out, const redis_keys& keys, script which,
                 const words& more, std::size_t bound = kept_events) {
  const auto leases = keys.event_leases();
  const auto stream = keys.events();
  const auto losses = keys.event_losses();
  const auto webhooks = keys.webhook_delivery();
  const auto ttl = time_to_live(event_ttl);
  const auto most = std::to_string(bound);
  const auto nodes = keys.event_node({});
  const auto channels = keys.event_channel({});
  words arguments{ttl, most, nodes, channels};
  arguments.insert(arguments.end(), more.begin(), more.end());
  append_script_call(
    out, script_of(which),
    std::array<std::string_view, 4>{leases, stream, losses, webhooks},
    arguments);
}

std::optional<std::uint64_t> count_at(const redis_reply& reply,
                                      std::size_t at) {
  if (at >= reply.size() || reply.type(at) != kind::integer
      || reply.number(at) < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(reply.number(at));
}

/// Reads the number that `text` begins with, up to a character that ends it;
/// nothing else may follow if that is 0.
std::optional<std::uint64_t> read_number(std::string_view text, char stop = 0) {
  std::uint64_t result = 0;
  const auto* end = text.data() + text.size();
  const auto [at, problem] = std::from_chars(text.data(), end, result);
  if (problem != std::errc{} || (stop ? at == end || *at != stop : at != end))
    return std::nullopt;
  return result;
}

/// A list of any length with texts behind the first `from` elements.
bool is_list_of_texts(const redis_reply& reply, std::size_t from) {
  if (reply.size() <= from || !reply.is_list_of(reply.size() - 1))
    return false;
  for (auto at = from + 1; at < reply.size(); ++at)
    if (reply.type(at) != kind::text)
      return false;
  return true;
}

} // namespace

std::array<const redis_script*, 7> webhook_scripts() {
  return {&script_of(renew),  &script_of(add),   &script_of(remove),
          &script_of(sweep),  &script_of(fetch), &script_of(settle),
          &script_of(release)};
}

std::string channel_entry(std::string_view channel) {
  return std::string{"o"}.append(channel);
}

std::string client_entry(std::string_view client) {
  return std::string{"d"}.append(client);
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_renew& what) {
  const auto lease = time_to_live(what.lease);
  const auto cursor = std::to_string(what.cursor);
  const auto count = std::to_string(event_entries);
  append_call(out, keys, renew, {what.node, lease, cursor, count});
}

std::optional<event_renewed> read_event_renewed(const redis_reply& reply) {
  if (!is_list_of_texts(reply, 1) || reply.size() < 3
      || reply.type(1) != kind::integer)
    return std::nullopt;
  const auto cursor = read_number(reply.text(2));
  if (!cursor)
    return std::nullopt;
  event_renewed result{reply.number(1) != 0, *cursor, {}};
  for (std::size_t at = 3; at < reply.size(); ++at)
    result.names.emplace_back(reply.text(at));
  return result;
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_add& what) {
  assert(what.entries.size() <= event_entries);
  words arguments{what.node};
  for (const auto& entry : what.entries)
    arguments.insert(arguments.end(), {entry.name, entry.text});
  append_call(out, keys, add, arguments, what.bound);
}

std::optional<event_added> read_event_added(const redis_reply& reply) {
  if (reply.size() != 1 || reply.type(0) != kind::integer)
    return std::nullopt;
  if (reply.number(0) == -1)
    return event_added{};
  const auto count = count_at(reply, 0);
  return count ? std::optional{event_added{true, *count}} : std::nullopt;
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_remove& what) {
  assert(what.entries.size() <= event_entries);
  const auto step = std::to_string(what.step);
  const auto lost = std::to_string(what.lost);
  words arguments{what.node, step, lost};
  for (const auto& entry : what.entries)
    arguments.insert(arguments.end(),
                     {entry.name, entry.text, entry.must ? "1" : "0"});
  append_call(out, keys, remove, arguments, what.bound);
}

std::optional<std::size_t> read_event_removed(const redis_reply& reply) {
  return reply.size() == 1 ? count_at(reply, 0) : std::nullopt;
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_sweep& what) {
  const auto most = std::to_string(std::min(what.most, event_entries));
  append_call(out, keys, sweep, {what.node, most}, what.bound);
}

std::optional<event_swept> read_event_swept(const redis_reply& reply) {
  if (!reply.is_list_of(3) || reply.type(1) != kind::text)
    return std::nullopt;
  const auto made = count_at(reply, 2);
  const auto left = count_at(reply, 3);
  if (!made || !left)
    return std::nullopt;
  return event_swept{std::string{reply.text(1)}, *made, *left};
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_fetch& what) {
  const auto most = std::to_string(std::min(what.most, most_events));
  const auto bytes = std::to_string(what.most_bytes);
  append_call(out, keys, fetch, {what.node, most, bytes});
}

std::optional<event_fetched> read_event_fetched(const redis_reply& reply) {
  const auto is_ours = count_at(reply, 1);
  const auto all_lost = count_at(reply, 2);
  if (is_ours == 0u)
    return event_fetched{};
  const auto lost = count_at(reply, 3);
  if (!is_ours || !all_lost || !lost || reply.size() % 3 != 1
      || !is_list_of_texts(reply, 3))
    return std::nullopt;
  event_fetched result{true, {{}, *lost, *all_lost}};
  for (std::size_t at = 4; at < reply.size(); at += 3) {
    const auto entry = reply.text(at);
    const auto own = reply.text(at + 1);
    // An entry's id begins with the milliseconds.
    result.batch.events.push_back(
      {std::string{entry}, std::string{own.empty() ? entry : own},
       read_number(entry, '-').value_or(0), std::string{reply.text(at + 2)}});
  }
  return result;
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_settle& what) {
  const auto told = std::to_string(what.batch.all_lost);
  words arguments{what.node, told};
  for (const auto& event : what.batch.events)
    arguments.push_back(event.entry);
  append_call(out, keys, settle, arguments);
}

void append_command(std::string& out, const redis_keys& keys,
                    const event_release& what) {
  append_call(out, keys, release, {what.node});
}

std::optional<bool> read_event_done(const redis_reply& reply) {
  const auto done = reply.size() == 1 ? count_at(reply, 0) : std::nullopt;
  return done ? std::optional{*done > 0} : std::nullopt;
}

} // namespace rookery
