#include "cluster/control/control_message.hpp"

#include "cluster/control/control_query_json.hpp"
#include "cluster/shared/parse_json.hpp"

#include <nlohmann/json.hpp>

namespace rookery {

namespace {

using json = nlohmann::json;

void write(json& to, const control_hello&) {
  to["type"] = "hello";
}

void write(json& to, const control_bye&) {
  to["type"] = "bye";
}

void write(json& to, const remote_query& query) {
  to["type"] = "query";
  to["id"] = query.id;
  to["what"] = to_json(query.what);
  to["to"] = query.to;
}

void write(json& to, const remote_reply& reply) {
  to["type"] = "reply";
  to["to"] = reply.to;
  to["id"] = reply.id;
  to["uptime"] = reply.uptime.count();
  to["result"] = to_json(reply.result);
}

void write(json&, const control_unknown&) {
  // Nodes do not send it.
}

decltype(control_message::body) read_body(const json& from) {
  const std::string type = from.at("type");
  if (type == "hello")
    return control_hello{};
  if (type == "bye")
    return control_bye{};
  if (type == "query") {
    auto what = read_control_query(from.at("what"));
    if (!what)
      return control_unknown{};
    // Nodes of versions that name no one are not obeyed.
    return remote_query{from.at("id"), std::move(*what),
                        from.value("to", std::vector<std::string>{})};
  }
  if (type == "reply") {
    auto found = read_control_result(from.at("result"));
    if (!found)
      return control_unknown{};
    return remote_reply{
      from.at("to"), from.at("id"),
      std::chrono::seconds{from.at("uptime").get<std::int64_t>()},
      std::move(*found)};
  }
  return control_unknown{};
}

} // namespace

std::string encode_control(const control_message& message) {
  json result{{"from",
               {{"id", message.from.id},
                {"name", message.from.name},
                {"version", message.from.version}}}};
  std::visit([&result](const auto& body) { write(result, body); },
             message.body);
  return result.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<control_message> decode_control(std::string_view text) {
  std::optional<control_message> result;
  try {
    const auto from = parse_json<json>(text);
    const auto& sender = from.at("from");
    result = control_message{
      {sender.at("id"), sender.at("name"), sender.at("version")}, {}};
    result->body = read_body(from);
  } catch (const json::exception&) {
    // The body stays unknown, if there is a sender.
  }
  return result;
}

} // namespace rookery
