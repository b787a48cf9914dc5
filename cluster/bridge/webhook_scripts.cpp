#include "cluster/bridge/webhook_scripts.hpp"

#include "cluster/bridge/lua_texts.hpp"

#include <algorithm>
#include <charconv>

namespace rookery {

namespace {

using words = std::vector<std::string_view>;

constexpr char channel_mark = 'o';
constexpr char client_mark = 'd';

const lease_scripts& entry_scripts() {
  static const auto result = make_lease_scripts(webhook_entries_lua);
  return result;
}

const redis_script& fetch_script() {
  static const auto result =
    make_entry_script(webhook_entries_lua, webhook_fetch_lua);
  return result;
}

const redis_script& settle_script() {
  static const auto result =
    make_entry_script(webhook_entries_lua, webhook_settle_lua);
  return result;
}

const redis_script& release_script() {
  static const auto result =
    make_entry_script(webhook_entries_lua, webhook_release_lua);
  return result;
}

/// Returns the milliseconds at the beginning of a stream entry's id; 0 if there
/// are none.
std::uint64_t time_of(std::string_view entry) {
  std::uint64_t result = 0;
  const auto* end = entry.data() + entry.size();
  const auto [stop, problem] = std::from_chars(entry.data(), end, result);
  return problem == std::errc{} && stop != end && *stop == '-' ? result : 0;
}

} // namespace

std::array<const redis_script*, 7> webhook_scripts() {
  const auto& entries = entry_scripts();
  return {&entries.renew,  &entries.add,     &entries.remove,  &entries.sweep,
          &fetch_script(), &settle_script(), &release_script()};
}

lease_kind make_webhook_kind(const redis_keys& keys, std::size_t bound) {
  return {
    entry_scripts(),
    {keys.webhook_leases(), keys.webhook_events(), keys.webhook_losses(),
     keys.webhook_delivery()},
    {time_to_live(lease_ttl), keys.webhook_node({}), keys.webhook_channels(),
     std::to_string(bound)},
    [](std::string_view, const std::string& text) { return std::vector{text}; },
    [](std::string_view name) { return name.front() == client_mark; },
    true};
}

std::string channel_entry(std::string_view channel) {
  return std::string{channel_mark}.append(channel);
}

std::string client_entry(std::string_view client) {
  return std::string{client_mark}.append(client);
}

void append_command(std::string& out, const redis_keys&,
                    const webhook_fetch& what) {
  const auto limit = std::to_string(std::min(what.limit, max_batch_webhooks));
  const auto bytes = std::to_string(what.max_bytes);
  append_entry_call(out, what.kind, fetch_script(),
                    words{what.node, limit, bytes});
}

std::optional<webhook_fetched> read_webhooks_fetched(const redis_reply& reply) {
  const auto is_ours = count_at(reply, 1);
  const auto all_lost = count_at(reply, 2);
  if (is_ours == 0u)
    return webhook_fetched{};
  const auto lost = count_at(reply, 3);
  if (!is_ours || !all_lost || !lost || reply.size() % 3 != 1
      || !is_list_of_texts(reply, 3))
    return std::nullopt;
  webhook_fetched result{true, {{}, *lost, *all_lost}};
  for (std::size_t at = 4; at < reply.size(); at += 3) {
    const auto entry = reply.text(at);
    const auto own = reply.text(at + 1);
    result.batch.events.push_back(
      {std::string{entry}, std::string{own.empty() ? entry : own},
       time_of(entry), std::string{reply.text(at + 2)}});
  }
  return result;
}

void append_command(std::string& out, const redis_keys&,
                    const webhook_settle& what) {
  const auto told = std::to_string(what.batch.all_lost);
  words arguments{what.node, told};
  for (const auto& event : what.batch.events)
    arguments.push_back(event.entry);
  append_entry_call(out, what.kind, settle_script(), arguments);
}

void append_command(std::string& out, const redis_keys&,
                    const webhook_release& what) {
  append_entry_call(out, what.kind, release_script(), words{what.node});
}

std::optional<bool> read_webhooks_done(const redis_reply& reply) {
  const auto done = reply.size() == 1 ? count_at(reply, 0) : std::nullopt;
  return done ? std::optional{*done > 0} : std::nullopt;
}

} // namespace rookery
