#include "cluster/api/api_command.hpp"

#include "actors/text/channel_name.hpp"
#include "cluster/shared/strict_fields.hpp"
#include "configs/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery {

namespace {

using result = std::variant<api_command, api_error>;

/// The time for which an idempotency key is remembered.
constexpr std::chrono::minutes key_ttl{5};

/// The maximum sizes in bytes: of a key or a pattern, and of the tags.
constexpr std::size_t longest_text = 255;
constexpr std::size_t longest_tags = longest_field / 2;

api_error bad_request(std::string text) {
  return {static_cast<std::uint32_t>(centrifuge_fault::bad_request),
          std::move(text)};
}

/// Reads the fields of a command and keeps the first error.
struct api_reader {
  explicit api_reader(const json_object& members, const namespaces& names)
    : fields{members}, members{members}, names{names} {}

  strict_fields fields;
  const json_object& members;
  const namespaces& names;
  std::optional<api_error> problem;

  void fail(api_error why) {
    if (!problem)
      problem = std::move(why);
  }

  std::string channel(std::string name) {
    if (auto error = check_api_channel(name, names))
      fail(std::move(*error));
    return name;
  }

  std::string channel() { return channel(fields.text("channel")); }

  std::string short_text(std::string_view name) {
    auto text = fields.text(name);
    if (text.size() > longest_text)
      fail(bad_request(std::string{name} + ": longer than 255 bytes"));
    return text;
  }

  /// Reads JSON for clients. Other data is an error: clients receive JSON only.
  claim_data json(std::string_view name, std::string_view base64_name) {
    auto data = fields.data(name, base64_name);
    if (!data.bytes.empty() && !data.is_json)
      fail(bad_request(std::string{base64_name} + ": not JSON"));
    return data;
  }

  claim_data info() {
    auto info = fields.info();
    if (!info.bytes.empty() && !info.is_json)
      fail(bad_request("b64info: not JSON"));
    return info;
  }

  std::optional<stream_position> position(std::string_view name) {
    const auto found = members.find(name);
    if (found == members.end() || found->second == "null")
      return std::nullopt;
    const auto parts = parse_json_object(found->second);
    if (!parts) {
      fail(bad_request(std::string{name} + ": not an object"));
      return std::nullopt;
    }
    strict_fields inner{*parts};
    const auto offset = inner.number("offset");
    auto epoch = inner.text("epoch");
    if (!inner.problem().empty() || offset < 0)
      fail(bad_request(std::string{name} + ": not an offset and an epoch"));
    return stream_position{static_cast<std::uint64_t>(offset),
                           std::move(epoch)};
  }

  template <class Command>
  result end(Command command) {
    if (problem)
      return *problem;
    if (!fields.problem().empty())
      return bad_request("bad request: " + std::string{fields.problem()});
    return api_command{std::move(command)};
  }
};

bool are_tags(std::string_view text) {
  const auto tags = parse_json_object(text);
  return tags && std::ranges::all_of(*tags, [](const auto& each) {
           return each.second.starts_with('"');
         });
}

result read_publish(api_reader& from, std::vector<std::string> channels,
                    bool is_broadcast) {
  api_publish command;
  command.channels = std::move(channels);
  command.is_broadcast = is_broadcast;
  auto data = from.fields.data("data", "b64data");
  if (data.bytes.empty())
    from.fail(bad_request("data: missing"));
  command.kind =
    is_valid_utf8(data.bytes) ? payload_kind::text : payload_kind::binary;
  command.data = std::move(data.bytes);
  command.tags = from.fields.json("tags");
  if (!command.tags.empty()
      && (command.tags.size() > longest_tags || !are_tags(command.tags)))
    from.fail(bad_request("tags: not an object of texts, or too large"));
  command.key = {from.short_text("idempotency_key"), key_ttl};
  command.skips_history = from.fields.flag("skip_history");
  from.fields.refuse({"version", "version_epoch", "delta"});
  return from.end(std::move(command));
}

result read_publish(api_reader& from) {
  return read_publish(from, {from.channel()}, false);
}

result read_broadcast(api_reader& from) {
  auto channels = from.fields.texts("channels");
  if (channels.empty() || channels.size() > max_broadcast)
    from.fail(bad_request("channels: expected 1 to 10000 of them"));
  return read_publish(from, std::move(channels), true);
}

result read_presence(api_reader& from, bool is_count) {
  const auto& options = from.names.of(from.fields.text("channel"));
  api_presence command{from.channel(), is_count};
  if (!options.presence)
    from.fail(error_with(centrifuge_fault::not_available));
  return from.end(std::move(command));
}

result read_history(api_reader& from) {
  const auto& options = from.names.of(from.fields.text("channel"));
  api_history command;
  command.channel = from.channel();
  const auto limit = from.fields.number("limit");
  command.range.limit = limit < 0 || limit > longest_page
                          ? longest_page
                          : static_cast<std::uint32_t>(limit);
  command.range.reverse = from.fields.flag("reverse");
  if (auto since = from.position("since")) {
    command.range.since = since->offset;
    command.since = std::move(*since);
    if (command.range.reverse && command.range.since == 0)
      from.fail(bad_request("since: nothing comes before offset 0"));
  }
  if (!history_of(options).keeps())
    from.fail(error_with(centrifuge_fault::not_available));
  return from.end(std::move(command));
}

result read_history_remove(api_reader& from) {
  const auto& options = from.names.of(from.fields.text("channel"));
  api_history_remove command{from.channel()};
  if (!history_of(options).keeps())
    from.fail(error_with(centrifuge_fault::not_available));
  return from.end(std::move(command));
}

template <class Action>
result end_clients(api_reader& from, Action action) {
  client_command command{from.fields.text("user"), from.fields.text("client"),
                         std::move(action)};
  from.fields.refuse({"session"});
  return from.end(control_query{std::move(command)});
}

std::optional<std::chrono::sys_seconds> expiry_in(api_reader& from) {
  const auto time = from.fields.time("expire_at");
  return time == std::chrono::sys_seconds{} ? std::nullopt : time;
}

result read_subscribe(api_reader& from) {
  subscribe_action action;
  action.channel = from.channel();
  action.expires_at = expiry_in(from);
  action.grant = {from.info(), from.json("data", "b64data"),
                  from.fields.overrides()};
  action.since = from.position("recover_since");
  return end_clients(from, std::move(action));
}

result read_unsubscribe(api_reader& from) {
  return end_clients(from, unsubscribe_action{from.channel()});
}

/// Reads the member `disconnect`: the code and reason that the caller chose.
dictated_close close_in(api_reader& from) {
  const auto found = from.members.find("disconnect");
  if (found == from.members.end() || found->second == "null")
    return {};
  const auto parts = parse_json_object(found->second);
  if (!parts) {
    from.fail(bad_request("disconnect: not an object"));
    return {};
  }
  strict_fields inner{*parts};
  const auto code = inner.number("code");
  dictated_close how{0, inner.text("reason")};
  if (code >= 0 && code <= 0xffff)
    how.code = static_cast<std::uint16_t>(code);
  if (!inner.problem().empty() || !is_valid(how))
    from.fail(bad_request("disconnect: expected a code from 3000 to 4999 and "
                          "a reason of at most 123 bytes"));
  return how;
}

result read_disconnect(api_reader& from) {
  disconnect_action action;
  action.how = close_in(from);
  action.except = from.fields.texts("whitelist");
  return end_clients(from, std::move(action));
}

result read_refresh(api_reader& from) {
  from.fields.refuse({"info", "b64info"});
  return end_clients(
    from, refresh_action{from.fields.flag("expired"), expiry_in(from)});
}

result read_channels(api_reader& from) {
  return from.end(control_query{channels_query{from.short_text("pattern")}});
}

struct method {
  std::string_view name;
  result (*read)(api_reader& from);
};

constexpr std::array methods{
  method{"publish", [](api_reader& from) { return read_publish(from); }},
  method{"broadcast", &read_broadcast},
  method{"subscribe", &read_subscribe},
  method{"unsubscribe", &read_unsubscribe},
  method{"disconnect", &read_disconnect},
  method{"refresh", &read_refresh},
  method{"presence",
         [](api_reader& from) { return read_presence(from, false); }},
  method{"presence_stats",
         [](api_reader& from) { return read_presence(from, true); }},
  method{"history", &read_history},
  method{"history_remove", &read_history_remove},
  method{"channels", &read_channels},
  method{
    "info",
    [](api_reader& from) { return from.end(control_query{info_query{}}); }},
};

const method* find_method(std::string_view name) noexcept {
  const auto found = std::ranges::find(methods, name, &method::name);
  return found == methods.end() ? nullptr : &*found;
}

} // namespace

api_error error_with(centrifuge_fault fault) {
  return {static_cast<std::uint32_t>(fault),
          std::string{error_of(fault).message}};
}

std::optional<api_error> check_api_channel(std::string_view name,
                                           const namespaces& names) {
  if (const auto error = check_channel_name(name))
    return bad_request("channel: " + std::string{describe(*error)});
  if (is_reserved(name))
    return bad_request("channel: names beginning with __ are reserved");
  if (!names.is_known(name))
    return error_with(centrifuge_fault::unknown_channel);
  return std::nullopt;
}

bool is_api_method(std::string_view method) noexcept {
  return find_method(method) != nullptr;
}

std::variant<api_command, api_error> read_api_command(std::string_view method,
                                                      std::string_view body,
                                                      const namespaces& names) {
  const auto members = parse_json_object(body.empty() ? "{}" : body);
  if (!members)
    return bad_request("the body is not a JSON object");
  api_reader reader{*members, names};
  return find_method(method)->read(reader);
}

std::variant<std::vector<batched_command>, api_error>
read_api_batch(std::string_view body) {
  const auto members = parse_json_object(body);
  const auto commands = members && members->contains("commands")
                          ? parse_json_array(members->at("commands"))
                          : std::nullopt;
  if (!commands || commands->size() > max_batched)
    return bad_request("commands: expected an array of at most 1000 of them");
  std::vector<batched_command> result;
  for (const auto& text : *commands) {
    auto& command = result.emplace_back();
    auto given = parse_json_object(text);
    if (!given || given->size() != 1) {
      command.problem =
        bad_request("commands: each is an object with one method");
      continue;
    }
    auto node = given->extract(given->begin());
    command.method = std::move(node.key());
    command.body = std::move(node.mapped());
  }
  return result;
}

std::variant<std::vector<batched_command>, api_error>
read_api_lines(std::string_view body) {
  const json_object nothing;
  std::vector<batched_command> result;
  while (!body.empty()) {
    const auto end = std::min(body.find('\n'), body.size());
    const auto line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.find_first_not_of(" \t\r") == line.npos)
      continue;
    if (result.size() == max_batched)
      return bad_request("expected at most 1000 lines");
    const auto members = parse_json_object(line);
    strict_fields fields{members ? *members : nothing};
    auto& command = result.emplace_back();
    command.method = fields.text("method");
    command.body = fields.json("params");
    if (!members || !fields.problem().empty())
      command.problem =
        bad_request("expected an object with a method and params");
  }
  return result;
}

} // namespace rookery
