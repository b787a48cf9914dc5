#include "cluster/hooks/hook_request.hpp"

#include "actors/text/json_writer.hpp"

#include <utility>

namespace rookery {

namespace {

/// Writes a question to a backend, beginning with the facts about the client.
class request_writer {
public:
  explicit request_writer(const hook_subject& who) {
    fields_.text("client", who.client);
    fields_.text("transport", "websocket");
    fields_.text("protocol", "json");
    fields_.text("encoding", "json");
  }

  request_writer& user(const hook_subject& who) {
    fields_.string("user", who.user);
    return json("meta", who.meta);
  }

  request_writer& text(std::string_view name, std::string_view value) {
    fields_.text(name, value);
    return *this;
  }

  request_writer& texts(std::string_view name,
                        std::span<const std::string_view> values) {
    if (values.empty())
      return *this;
    json_array_writer list{fields_.key(name)};
    for (const auto each : values)
      list.text(each);
    list.end();
    return *this;
  }

  request_writer& json(std::string_view name, std::string_view value) {
    if (!value.empty())
      fields_.key(name) += value;
    return *this;
  }

  std::string end() {
    fields_.end();
    return std::move(out_);
  }

private:
  std::string out_;
  json_object_writer fields_{out_};
};

} // namespace

std::string to_json(const connect_question& question) {
  return request_writer{question.who}
    .text("name", question.name)
    .text("version", question.version)
    .json("data", question.data)
    .texts("channels", question.channels)
    .end();
}

std::string to_json(const refresh_question& question) {
  return request_writer{question.who}.user(question.who).end();
}

std::string to_json(const subscribe_question& question) {
  return request_writer{question.who}
    .user(question.who)
    .text("channel", question.channel)
    .json("data", question.data)
    .end();
}

std::string to_json(const publish_question& question) {
  return request_writer{question.who}
    .user(question.who)
    .text("channel", question.channel)
    .json("data", question.data)
    .end();
}

std::string to_json(const rpc_question& question) {
  return request_writer{question.who}
    .user(question.who)
    .text("method", question.method)
    .json("data", question.data)
    .end();
}

} // namespace rookery
