#include "cluster/bridge/history_scripts.hpp"

#include "actors/message/envelope.hpp"
#include "cluster/bridge/lua_texts.hpp"
#include "cluster/bus/membership_event.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace rookery {

namespace {

using kind = redis_reply::kind;

redis_script with_common(std::string_view text) {
  return redis_script{std::string{history_lua}.append(text)};
}

const redis_script& publish_script() {
  static const auto result = with_common(history_publish_lua);
  return result;
}

const redis_script& read_script() {
  static const auto result = with_common(history_read_lua);
  return result;
}

const redis_script& verify_script() {
  static const auto result = with_common(history_verify_lua);
  return result;
}

const redis_script& remove_script() {
  static const auto result = with_common(history_remove_lua);
  return result;
}

const redis_script& renew_script() {
  static const auto result = with_common(history_renew_lua);
  return result;
}

const std::string& empty_position_time() {
  static const auto result = time_to_live(empty_position_ttl);
  return result;
}

bool is_epoch(std::string_view text) noexcept {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
           || (c >= 'a' && c <= 'z');
  };
  return text.size() == epoch_size && std::ranges::all_of(text, is_plain);
}

/// Reads a position from the elements `at` and `at + 1`.
std::optional<stream_position> position_at(const redis_reply& reply,
                                           std::size_t at) {
  if (reply.type(at) != kind::integer || reply.number(at) < 0
      || reply.type(at + 1) != kind::text)
    return std::nullopt;
  return stream_position{static_cast<std::uint64_t>(reply.number(at)),
                         std::string{reply.text(at + 1)}};
}

/// Reads the earlier epochs of a position, see lua/history.lua. Leaves out
/// those that cannot be read.
std::vector<stream_position> read_earlier(std::string_view text) {
  std::vector<stream_position> result;
  while (!text.empty()) {
    const auto size = std::min(text.find(' '), text.size());
    const auto entry = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    const auto epoch = entry.substr(0, entry.find(':'));
    const auto last = entry.substr(std::min(epoch.size() + 1, entry.size()));
    std::uint64_t offset = 0;
    const auto* end = last.data() + last.size();
    const auto read = std::from_chars(last.data(), end, offset);
    if (is_epoch(epoch) && read.ec == std::errc{} && read.ptr == end)
      result.push_back({offset, std::string{epoch}});
  }
  return result;
}

/// A command of Redis and its bounds, as lua/history_read.lua expects them.
struct stream_range {
  std::string_view command;
  std::string first;
  std::string last;
  std::uint32_t limit;
};

stream_range range_of(const history_range& range) {
  const auto limit = std::min(range.limit, longest_page);
  if (!range.reverse)
    return {"XRANGE", range.since ? std::to_string(*range.since) + "-1" : "-",
            "+", limit};
  if (!range.since)
    return {"XREVRANGE", "+", "-", limit};
  if (*range.since == 0)
    return {"XREVRANGE", "+", "-", 0};
  return {"XREVRANGE", std::to_string(*range.since - 1), "-", limit};
}

} // namespace

std::array<const redis_script*, 5> history_scripts() {
  return {&publish_script(), &read_script(), &verify_script(), &remove_script(),
          &renew_script()};
}

void append_command(std::string& out, const redis_keys& keys,
                    const history_publish& what) {
  assert(what.fields.size() <= longest_kept_fields);
  assert(is_epoch(what.common.new_epoch));
  const auto name = keys.pubsub(what.channel);
  const auto position = keys.position(what.channel);
  const auto log = keys.log(what.channel);
  const auto once = keys.once(what.channel, what.idempotency_key);
  const std::array<std::string_view, 3> names{position, log, once};
  const auto has_once = !what.idempotency_key.empty();
  const auto kind = static_cast<char>(what.kind);
  const auto size =
    what.history.keeps() ? std::to_string(what.history.size) : "0";
  const auto log_ttl = time_to_live(what.history.ttl);
  const auto position_ttl = time_to_live(what.common.position_ttl);
  const auto result_ttl = time_to_live(what.result_ttl);
  const std::array<std::string_view, 11> arguments{
    name,           what.common.new_epoch,
    {&kind, 1},     what.fields,
    what.data,      publication_fields{what.fields}.find(field_tag::id),
    size,           log_ttl,
    position_ttl,   result_ttl,
    what.common.run};
  append_script_call(out, publish_script(),
                     std::span{names}.first(has_once ? 3 : 2), arguments);
}

std::optional<history_published> read_published(const redis_reply& reply) {
  const auto has_failed = reply.is_list_of(4) && reply.type(4) == kind::text;
  if (!(has_failed || reply.is_list_of(3)) || reply.type(3) != kind::integer)
    return std::nullopt;
  auto position = position_at(reply, 1);
  if (!position)
    return std::nullopt;
  const auto is_kept = is_epoch(position->epoch) && position->offset > 0;
  if (!is_kept && *position != stream_position{})
    return std::nullopt;
  history_published result{std::move(*position), reply.number(3) != 0};
  if (has_failed)
    result.error = read_redis_error(reply.text(4));
  return result;
}

void append_command(std::string& out, const redis_keys& keys,
                    const history_read& what) {
  assert(is_epoch(what.common.new_epoch));
  const auto position = keys.position(what.channel);
  const auto log = keys.log(what.channel);
  const auto position_ttl = time_to_live(what.common.position_ttl);
  const auto range = range_of(what.range);
  const auto limit = std::to_string(range.limit);
  const auto max_bytes =
    std::to_string(std::min(what.range.max_bytes, longest_page_bytes));
  append_script_call(
    out, read_script(), std::array<std::string_view, 2>{position, log},
    std::array<std::string_view, 9>{what.common.new_epoch, what.common.run,
                                    position_ttl, empty_position_time(),
                                    range.command, range.first, range.last,
                                    limit, max_bytes});
}

std::optional<history_page> read_page(const redis_reply& reply,
                                      std::string_view channel) {
  constexpr std::size_t before = 5; // the messages
  if (reply.size() < before || reply.type(0) != kind::array
      || reply.number(0) != 4 || reply.type(3) != kind::text
      || reply.type(4) != kind::array
      || reply.number(4) != static_cast<long long>(reply.size() - before))
    return std::nullopt;
  auto top = position_at(reply, 1);
  if (!top || !is_epoch(top->epoch))
    return std::nullopt;
  history_page result{std::move(*top), {}, read_earlier(reply.text(3))};
  for (auto i = before; i < reply.size(); ++i) {
    if (reply.type(i) != kind::text)
      return std::nullopt;
    const auto found = unwrap(reply.text(i));
    if (found.result == unwrapped::verdict::wrapped)
      result.publications.push_back(
        publication::make(channel, found.data, found.kind, found.fields));
  }
  return result;
}

void append_command(std::string& out, const redis_keys& keys,
                    const history_verify& what) {
  assert(is_epoch(what.common.new_epoch));
  const auto position = keys.position(what.channel);
  const auto log = keys.log(what.channel);
  const auto position_ttl = time_to_live(what.common.position_ttl);
  const auto offset = std::to_string(what.seen.offset);
  append_script_call(
    out, verify_script(), std::array<std::string_view, 2>{position, log},
    std::array<std::string_view, 7>{what.common.new_epoch, what.common.run,
                                    position_ttl, empty_position_time(),
                                    what.seen.epoch, offset, what.id});
}

std::optional<stream_position> read_top(const redis_reply& reply) {
  if (!reply.is_list_of(2))
    return std::nullopt;
  auto result = position_at(reply, 1);
  return result && is_epoch(result->epoch) ? std::move(result) : std::nullopt;
}

void append_command(std::string& out, const redis_keys& keys,
                    const history_remove& what) {
  const auto told = make_removal_event(what.channel);
  const auto position_ttl = time_to_live(what.common.position_ttl);
  const auto position = keys.position(what.channel);
  const auto log = keys.log(what.channel);
  append_script_call(
    out, remove_script(), std::array<std::string_view, 2>{position, log},
    std::array<std::string_view, 4>{
      position_ttl, empty_position_time(), keys.pubsub(what.channel),
      wrap(told->kind(), told->data(), told->fields())});
}

std::optional<bool> read_removed(const redis_reply& reply) {
  if (reply.size() != 1 || reply.type(0) != kind::integer)
    return std::nullopt;
  return reply.number(0) != 0;
}

void append_command(std::string& out, const redis_keys& keys,
                    const history_renew& what) {
  const auto position = keys.position(what.channel);
  append_script_call(out, renew_script(),
                     std::array<std::string_view, 1>{position},
                     std::array<std::string_view, 1>{empty_position_time()});
}

std::optional<bool> read_is_empty(const redis_reply& reply) {
  return read_removed(reply);
}

} // namespace rookery
