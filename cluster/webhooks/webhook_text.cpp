#include "cluster/webhooks/webhook_text.hpp"

#include "actors/text/json_text.hpp"
#include "actors/text/json_writer.hpp"

#include <cstdint>
#include <utility>

namespace rookery {

namespace {

/// A writer of members of a JSON object, without its braces.
class members {
public:
  members& text(std::string_view name, std::string_view value) {
    append_json_string(key(name), value);
    return *this;
  }

  members& number(std::string_view name, std::uint64_t value) {
    key(name) += std::to_string(value);
    return *this;
  }

  std::string take() { return std::move(out_); }

private:
  std::string& key(std::string_view name) {
    if (!out_.empty())
      out_ += ',';
    return out_.append("\"").append(name).append("\":");
  }

  std::string out_;
};

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
  return members{}
    .text("node", node)
    .text("client", what.client)
    .text("user", what.user)
    .take();
}

std::string client_text(std::string_view node, const client_left& what) {
  return members{}
    .text("node", node)
    .text("client", what.client)
    .text("user", what.user)
    .number("code", what.code)
    .text("reason", what.reason)
    .take();
}

std::string body_of(const webhook_batch& batch) {
  std::string result;
  json_object_writer writer{result};
  auto& list = writer.key("events");
  list += '[';
  auto separator = "";
  for (const auto& event : batch.events) {
    // Skip entries rookery did not write.
    if (event.text.empty())
      continue;
    list += std::exchange(separator, ",");
    append_event(list, event);
  }
  list += ']';
  // The writer omits numbers that are 0, but this one is required.
  writer.key("lost") += std::to_string(batch.lost);
  writer.end();
  return result;
}

} // namespace rookery
