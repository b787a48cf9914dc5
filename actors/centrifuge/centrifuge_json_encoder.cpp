#include "actors/centrifuge/centrifuge_json_encoder.hpp"

#include "actors/text/json_writer.hpp"

#include <cstdint>
#include <span>

namespace rookery {

namespace {

/// Writes the parts of messages, each at the end of a string. Fields with a
/// default value are left out except those that SDKs read without a test.
struct message_writer {
  json_payload_writer& payloads;

  void payload(json_object_writer& to, std::string_view name,
               std::string_view bytes) {
    if (!bytes.empty())
      payloads.append(to.key(name), bytes);
  }

  void write(std::string& out, const client_info& info) {
    json_object_writer fields{out};
    fields.string("user", info.user);
    fields.string("client", info.client);
    payload(fields, "conn_info", info.conn_info);
    payload(fields, "chan_info", info.chan_info);
    fields.end();
  }

  void write(std::string& out, const centrifuge_publication& publication) {
    json_object_writer fields{out};
    payloads.append(fields.key("data"), publication.data);
    if (publication.info)
      write(fields.key("info"), *publication.info);
    fields.number("offset", publication.offset);
    payload(fields, "tags", publication.tags);
    fields.end();
  }

  void write(json_object_writer& to,
             std::span<const centrifuge_publication> publications) {
    json_array_writer list{to.key("publications")};
    for (const auto& publication : publications)
      write(list.element(), publication);
    list.end();
  }

  void write(std::string& out, const client_error& error) {
    json_object_writer fields{out};
    fields.number("code", error.code);
    fields.text("message", error.message);
    fields.flag("temporary", error.temporary);
    fields.end();
  }

  void write(std::string& out, const subscribe_result& result) {
    json_object_writer fields{out};
    fields.flag("expires", result.expires);
    fields.number("ttl", result.ttl);
    fields.flag("recoverable", result.recoverable);
    fields.text("epoch", result.epoch);
    if (!result.publications.empty())
      write(fields, result.publications);
    fields.flag("recovered", result.recovered);
    fields.number("offset", result.offset);
    fields.flag("positioned", result.positioned);
    payload(fields, "data", result.data);
    fields.flag("was_recovering", result.was_recovering);
    fields.end();
  }

  void write(std::string& out, const connect_result& result) {
    json_object_writer fields{out};
    fields.text("client", result.client);
    fields.text("version", result.version);
    fields.flag("expires", result.expires);
    fields.number("ttl", result.ttl);
    payload(fields, "data", result.data);
    if (!result.subs.empty()) {
      json_object_writer subs{fields.key("subs")};
      for (const auto& sub : result.subs)
        write(subs.escaped_key(sub.channel), sub.result);
      subs.end();
    }
    fields.number("ping", result.ping);
    fields.flag("pong", result.pong);
    fields.end();
  }

  void write(std::string& out, const unsubscribe_result&) { out += "{}"; }

  void write(std::string& out, const publish_result&) { out += "{}"; }

  void write(std::string& out, const presence_result& result) {
    json_object_writer fields{out};
    json_object_writer clients{fields.key("presence")};
    for (const auto& info : result.clients)
      write(clients.escaped_key(info.client), info);
    clients.end();
    fields.end();
  }

  void write(std::string& out, const presence_stats_result& result) {
    json_object_writer fields{out};
    fields.count("num_clients", result.num_clients);
    fields.count("num_users", result.num_users);
    fields.end();
  }

  void write(std::string& out, const history_result& result) {
    json_object_writer fields{out};
    write(fields, result.publications);
    fields.string("epoch", result.epoch);
    fields.count("offset", result.offset);
    fields.end();
  }

  void write(std::string& out, const refresh_result& result) {
    json_object_writer fields{out};
    fields.text("client", result.client);
    fields.text("version", result.version);
    fields.flag("expires", result.expires);
    fields.number("ttl", result.ttl);
    fields.end();
  }

  void write(std::string& out, const sub_refresh_result& result) {
    json_object_writer fields{out};
    fields.flag("expires", result.expires);
    fields.number("ttl", result.ttl);
    fields.end();
  }

  void write(std::string& out, const rpc_result& result) {
    json_object_writer fields{out};
    payload(fields, "data", result.data);
    fields.end();
  }

  void write(std::string& out, const join_push& push) {
    json_object_writer fields{out};
    write(fields.key("info"), push.info);
    fields.end();
  }

  void write(std::string& out, const leave_push& push) {
    json_object_writer fields{out};
    write(fields.key("info"), push.info);
    fields.end();
  }

  void write(std::string& out, const unsubscribe_push& push) {
    json_object_writer fields{out};
    fields.number("code", static_cast<std::uint32_t>(push.code));
    fields.text("reason", reason_of(push.code));
    fields.end();
  }

  void write(std::string& out, const subscribe_push& push) {
    json_object_writer fields{out};
    fields.flag("recoverable", push.recoverable);
    fields.text("epoch", push.epoch);
    fields.number("offset", push.offset);
    fields.flag("positioned", push.positioned);
    payload(fields, "data", push.data);
    fields.end();
  }
};

struct name_of {
  const char* operator()(const client_error&) { return "error"; }

  const char* operator()(const connect_result&) { return "connect"; }

  const char* operator()(const subscribe_result&) { return "subscribe"; }

  const char* operator()(const unsubscribe_result&) { return "unsubscribe"; }

  const char* operator()(const publish_result&) { return "publish"; }

  const char* operator()(const presence_result&) { return "presence"; }

  const char* operator()(const presence_stats_result&) {
    return "presence_stats";
  }

  const char* operator()(const history_result&) { return "history"; }

  const char* operator()(const refresh_result&) { return "refresh"; }

  const char* operator()(const sub_refresh_result&) { return "sub_refresh"; }

  const char* operator()(const rpc_result&) { return "rpc"; }

  const char* operator()(const centrifuge_publication&) { return "pub"; }

  const char* operator()(const join_push&) { return "join"; }

  const char* operator()(const leave_push&) { return "leave"; }

  const char* operator()(const unsubscribe_push&) { return "unsubscribe"; }

  const char* operator()(const subscribe_push&) { return "subscribe"; }
};

/// Begins the next message of a frame.
std::string& begin_message(std::string& frame) {
  if (!frame.empty())
    frame += '\n';
  return frame;
}

} // namespace

void centrifuge_json_encoder::encode(const centrifuge_reply& reply,
                                     std::string& frame) {
  message_writer writer{payloads_};
  json_object_writer fields{begin_message(frame)};
  fields.number("id", reply.id);
  auto& out = fields.key(std::visit(name_of{}, reply.body));
  std::visit([&](const auto& body) { writer.write(out, body); }, reply.body);
  fields.end();
}

void centrifuge_json_encoder::encode(const centrifuge_push& push,
                                     std::string& frame) {
  message_writer writer{payloads_};
  json_object_writer message{begin_message(frame)};
  json_object_writer fields{message.key("push")};
  fields.text("channel", push.channel);
  auto& out = fields.key(std::visit(name_of{}, push.body));
  std::visit([&](const auto& body) { writer.write(out, body); }, push.body);
  fields.end();
  message.end();
}

void centrifuge_json_encoder::encode_body(const history_result& result,
                                          std::string& out) {
  message_writer{payloads_}.write(out, result);
}

void centrifuge_json_encoder::encode_body(const presence_result& result,
                                          std::string& out) {
  message_writer{payloads_}.write(out, result);
}

void centrifuge_json_encoder::encode_ping(std::string& frame) {
  begin_message(frame) += "{}";
}

} // namespace rookery
