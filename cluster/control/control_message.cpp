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

std::optional<control_message> read(const json& from) {
  control_message result;
  result.from = {from.at("from").at("id"), from.at("from").at("name"),
                 from.at("from").at("version")};
  const std::string type = from.at("type");
  if (type == "hello") {
    result.body = control_hello{};
  } else if (type == "bye") {
    result.body = control_bye{};
  } else if (type == "query") {
    auto what = read_control_query(from.at("what"));
    if (!what)
      return std::nullopt;
    // Nodes of versions that name no one are not obeyed.
    result.body = remote_query{from.at("id"), std::move(*what),
                               from.value("to", std::vector<std::string>{})};
  } else if (type == "reply") {
    auto found = read_control_result(from.at("result"));
    if (!found)
      return std::nullopt;
    result.body =
      remote_reply{from.at("to"), from.at("id"),
                   std::chrono::seconds{from.at("uptime").get<std::int64_t>()},
                   std::move(*found)};
  } else {
    return std::nullopt;
  }
  return result;
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
  try {
    return read(parse_json<json>(text));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

} // namespace rookery
