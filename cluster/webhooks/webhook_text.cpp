#include "cluster/webhooks/webhook_text.hpp"

#include "actors/text/json_text.hpp"
#include "actors/text/json_writer.hpp"

namespace rookery {

namespace {

/// Returns the members that `write` adds, without the braces of an object.
template <class Write>
std::string members(Write write) {
  std::string result;
  json_object_writer fields{result};
  write(fields);
  return result.substr(1);
}

void write(json_object_writer& to, std::string_view node,
           const client_left& what) {
  to.string("node", node);
  to.string("client", what.client);
  to.string("user", what.user);
  to.count("code", what.code);
  to.string("reason", what.reason);
}

void append_event(std::string& out, const webhook_event& event) {
  json_object_writer writer{out};
  writer.text("id", event.id);
  writer.number("time", event.time);
  out.append(",").append(event.text);
  writer.end();
}

} // namespace

std::string channel_text(std::string_view channel) {
  std::string result;
  append_json_string(result, channel);
  return result;
}

std::string client_text(std::string_view node, const client_entered& what) {
  return members([&](json_object_writer& to) {
    to.string("node", node);
    to.string("client", what.client);
    to.string("user", what.user);
  });
}

std::string client_text(std::string_view node, const client_left& what) {
  return members([&](json_object_writer& to) { write(to, node, what); });
}

std::string channel_event(std::string_view type, std::string_view channel) {
  return members([&](json_object_writer& to) {
    to.string("type", type);
    to.string("channel", channel);
  });
}

std::string disconnect_event(std::string_view node, const client_left& what) {
  return members([&](json_object_writer& to) {
    to.string("type", "disconnect");
    write(to, node, what);
  });
}

std::string body_of(const webhook_batch& batch) {
  std::string result;
  json_object_writer writer{result};
  json_array_writer events{writer.key("events")};
  for (const auto& event : batch.events)
    // Skip entries that rookery did not write.
    if (!event.text.empty())
      append_event(events.element(), event);
  events.end();
  writer.count("lost", batch.lost);
  writer.end();
  return result;
}

} // namespace rookery
