#include "actors/centrifuge/centrifuge_json_decoder.hpp"

#include "actors/text/json_fields.hpp"

#include <algorithm>

namespace rookery {

namespace {

using value = simdjson::ondemand::value;

bool read(value& from, client_position& position) {
  return read_object(from, [&](std::string_view key, value& field) {
    if (key == "offset")
      return read_number(field, position.offset);
    if (key == "epoch")
      return read_text(field, position.epoch);
    return skip_json(field);
  });
}

bool read_filter(value& from, bool& has_filter) {
  has_filter = !skip_null(from);
  return !has_filter || skip_json(from);
}

bool read(value& from, subscribe_request& request) {
  return read_object(from, [&](std::string_view key, value& field) {
    if (key == "channel")
      return read_text(field, request.channel);
    if (key == "token")
      return read_text(field, request.token);
    if (key == "data")
      return read_payload(field, request.data);
    if (key == "recover")
      return read_flag(field, request.recover);
    if (key == "offset")
      return read_number(field, request.since.offset);
    if (key == "epoch")
      return read_text(field, request.since.epoch);
    if (key == "positioned")
      return read_flag(field, request.positioned);
    if (key == "recoverable")
      return read_flag(field, request.recoverable);
    if (key == "join_leave")
      return read_flag(field, request.join_leave);
    if (key == "delta")
      return read_text(field, request.delta);
    if (key == "tf")
      return read_filter(field, request.has_tag_filter);
    if (key == "flag")
      return read_number(field, request.flag);
    if (key == "type")
      return read_number(field, request.type);
    return skip_json(field);
  });
}

/// Reads a request whose only field is `name`.
bool read_only(std::string_view name, value& from, std::string_view& to) {
  return read_object(from, [&](std::string_view key, value& field) {
    return key == name ? read_text(field, to) : skip_json(field);
  });
}

bool read(value& from, unsubscribe_request& request) {
  return read_only("channel", from, request.channel);
}

bool read(value& from, presence_request& request) {
  return read_only("channel", from, request.channel);
}

bool read(value& from, presence_stats_request& request) {
  return read_only("channel", from, request.channel);
}

bool read(value& from, refresh_request& request) {
  return read_only("token", from, request.token);
}

bool read(value& from, publish_request& request) {
  return read_object(from, [&](std::string_view key, value& field) {
    if (key == "channel")
      return read_text(field, request.channel);
    if (key == "data")
      return read_payload(field, request.data);
    return skip_json(field);
  });
}

bool read(value& from, client_history_request& request) {
  return read_object(from, [&](std::string_view key, value& field) {
    if (key == "channel")
      return read_text(field, request.channel);
    if (key == "limit")
      return read_number(field, request.limit);
    if (key == "since")
      return skip_null(field) || read(field, request.since.emplace());
    if (key == "reverse")
      return read_flag(field, request.reverse);
    return skip_json(field);
  });
}

bool read(value& from, sub_refresh_request& request) {
  return read_object(from, [&](std::string_view key, value& field) {
    if (key == "channel")
      return read_text(field, request.channel);
    if (key == "token")
      return read_text(field, request.token);
    return skip_json(field);
  });
}

bool read(value& from, send_request& request) {
  return read_object(from, [&](std::string_view key, value& field) {
    return key == "data" ? read_payload(field, request.data) : skip_json(field);
  });
}

bool read(value& from, rpc_request& request) {
  return read_object(from, [&](std::string_view key, value& field) {
    if (key == "method")
      return read_text(field, request.method);
    if (key == "data")
      return read_payload(field, request.data);
    return skip_json(field);
  });
}

bool read(value& from, ping_request&) {
  return read_object(
    from, [](std::string_view, value& field) { return skip_json(field); });
}

/// Returns true if the command has an id or needs none: all but `send` and pong
/// get a reply and need one.
bool has_fitting_id(const centrifuge_command& command) {
  if (std::holds_alternative<send_request>(command.body))
    return true;
  return std::holds_alternative<pong>(command.body) == (command.id == 0);
}

} // namespace

void centrifuge_json_decoder::begin(std::string_view frame,
                                    std::uint32_t before) {
  rest_ = unread_ = parser_.load({frame});
  state_ = decoded::command;
  decoded_ = before;
}

decoded centrifuge_json_decoder::next(centrifuge_command& command) {
  if (state_ == decoded::command && rest_.empty() && decoded_ > 0)
    state_ = decoded::end;
  if (state_ != decoded::command)
    return state_;
  command = {};
  unread_ = rest_;
  if (++decoded_ > max_commands_ || !read_command(take_line(), command))
    state_ = decoded::malformed;
  return state_;
}

std::string_view centrifuge_json_decoder::take_line() {
  const auto end = rest_.find('\n');
  const auto line = rest_.substr(0, end);
  rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
  return line;
}

bool centrifuge_json_decoder::read_command(std::string_view line,
                                           centrifuge_command& command) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (parser_.parse(line).get(document) || document.get_object().get(object))
    return false;
  const auto read_all = [&](std::string_view key, value& field) {
    return read_field(key, field, command);
  };
  return read_object(object, read_all) && is_at_end(document)
         && has_fitting_id(command);
}

bool centrifuge_json_decoder::read_field(std::string_view key, value& field,
                                         centrifuge_command& command) {
  if (key == "id")
    return read_number(field, command.id);
  if (!std::holds_alternative<pong>(command.body) || skip_null(field))
    return skip_json(field);
  return read_body(key, field, command.body);
}

bool centrifuge_json_decoder::read_body(std::string_view method, value& field,
                                        command_body& body) {
  const auto read_as = [&](auto request) {
    return read(field, body.emplace<decltype(request)>());
  };
  if (method == "publish")
    return read_as(publish_request{});
  if (method == "subscribe")
    return read_as(subscribe_request{});
  if (method == "unsubscribe")
    return read_as(unsubscribe_request{});
  if (method == "connect")
    return read_connect(field, body.emplace<connect_request>());
  if (method == "presence")
    return read_as(presence_request{});
  if (method == "presence_stats")
    return read_as(presence_stats_request{});
  if (method == "history")
    return read_as(client_history_request{});
  if (method == "refresh")
    return read_as(refresh_request{});
  if (method == "sub_refresh")
    return read_as(sub_refresh_request{});
  if (method == "send")
    return read_as(send_request{});
  if (method == "rpc")
    return read_as(rpc_request{});
  if (method == "ping")
    return read_as(ping_request{});
  return skip_json(field);
}

bool centrifuge_json_decoder::read_connect(value& from,
                                           connect_request& request) {
  subs_.clear();
  headers_.clear();
  const auto is_read =
    read_object(from, [&](std::string_view key, value& field) {
      if (key == "token")
        return read_text(field, request.token);
      if (key == "data")
        return read_payload(field, request.data);
      if (key == "name")
        return read_text(field, request.name);
      if (key == "version")
        return read_text(field, request.version);
      if (key == "subs")
        return skip_null(field) || read_subs(field);
      if (key == "headers")
        return skip_null(field) || read_headers(field);
      return skip_json(field);
    });
  request.subs = subs_;
  request.headers = headers_;
  return is_read;
}

bool centrifuge_json_decoder::read_subs(value& from) {
  subs_.clear();
  return read_object(from, [&](std::string_view channel, value& field) {
    if (subs_.size() >= std::max(max_map_entries, max_commands_))
      return false;
    auto& sub = subs_.emplace_back();
    const auto is_read = skip_null(field) || read(field, sub);
    sub.channel = channel;
    return is_read;
  });
}

bool centrifuge_json_decoder::read_headers(value& from) {
  headers_.clear();
  return read_object(from, [&](std::string_view name, value& field) {
    if (headers_.size() == max_map_entries)
      return false;
    return read_text(field, headers_.emplace_back(name, "").second);
  });
}

} // namespace rookery
