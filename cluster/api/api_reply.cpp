#include "cluster/api/api_reply.hpp"

#include "actors/centrifuge/centrifuge_answers.hpp"
#include "actors/centrifuge/centrifuge_json_encoder.hpp"
#include "actors/text/json_writer.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

api_error internal(std::string text) {
  return {static_cast<std::uint32_t>(centrifuge_fault::internal),
          std::move(text)};
}

api_error unasked(publish_problem problem) {
  if (problem == publish_problem::overloaded)
    return error_with(centrifuge_fault::too_many_requests);
  return internal("internal server error: " + std::string{to_string(problem)});
}

/// Returns the reason why some nodes may not have carried out the command;
/// empty if all have.
std::string shortfall_of(const cluster_answer& answer) {
  std::string result;
  if (answer.problem != publish_problem::none)
    result.append("the other nodes may not know: ")
      .append(to_string(answer.problem));
  for (const auto& each : answer.silent)
    result.append(result.empty() ? "" : "; ")
      .append("no answer from node ")
      .append(each.name);
  for (const auto& each : answer.strangers)
    result.append(result.empty() ? "" : "; ")
      .append("node ")
      .append(each.node.name)
      .append(" was not asked: ")
      .append(each.reason);
  return result;
}

std::string channels_text(const cluster_answer& answer) {
  control_result sum = channels_page{};
  for (const auto& each : answer.nodes)
    merge(sum, control_result{each.result});
  const auto& page = std::get<channels_page>(sum);
  std::string out;
  json_object_writer fields{out};
  json_object_writer channels{fields.key("channels")};
  for (const auto& each : page.channels) {
    json_object_writer channel{channels.escaped_key(each.name)};
    channel.count("num_clients", each.subscribers);
    channel.end();
  }
  channels.end();
  fields.flag("incomplete", page.is_cut || !shortfall_of(answer).empty());
  fields.end();
  return out;
}

void append_node(std::string& out, const node_answer& node) {
  json_object_writer fields{out};
  fields.text("uid", node.node.id);
  fields.text("name", node.node.name);
  fields.text("version", node.node.version);
  fields.count("uptime", node.uptime.count());
  if (const auto* counts = std::get_if<node_counts>(&node.result)) {
    fields.count("num_clients", counts->clients);
    fields.count("num_users", counts->users);
    fields.count("num_channels", counts->channels);
    fields.count("num_subs", counts->subscriptions);
  }
  fields.end();
}

std::string info_text(const cluster_answer& answer) {
  std::string out;
  json_object_writer fields{out};
  json_array_writer nodes{fields.key("nodes")};
  for (const auto& each : answer.nodes)
    append_node(nodes.element(), each);
  nodes.end();
  if (!answer.silent.empty()) {
    json_array_writer silent{fields.key("silent")};
    for (const auto& each : answer.silent)
      silent.text(each.name);
    silent.end();
  }
  fields.end();
  return out;
}

void append_error(std::string& out, const api_error& error) {
  json_object_writer fields{out};
  fields.number("code", error.code);
  fields.text("message", error.message);
  fields.end();
}

} // namespace

api_reply reply_to(const publish_outcome& result) {
  switch (result.verdict) {
  case publish_verdict::refused:
    return unasked(result.problem);
  case publish_verdict::unknown:
    return internal("outcome unknown, perhaps done: "
                    + std::string{to_string(result.problem)});
  case publish_verdict::accepted:
    break;
  }
  std::string out;
  json_object_writer fields{out};
  fields.number("offset", result.position.offset);
  fields.text("epoch", result.position.epoch);
  fields.end();
  return out;
}

api_reply reply_to(const history_answer& answer, const stream_position& since) {
  if (!answer.page)
    return unasked(answer.problem);
  const auto& page = *answer.page;
  if (!since.epoch.empty() && !epochs_of(page).contain(since))
    return error_with(centrifuge_fault::unrecoverable_position);
  std::string out;
  const auto publications = views_of(page.publications);
  centrifuge_json_encoder{}.encode_body(
    history_result{publications, page.top.epoch, page.top.offset}, out);
  return out;
}

api_reply reply_to(const presence_answer& answer, bool is_count) {
  if (!answer.page)
    return unasked(answer.problem);
  std::string out;
  if (is_count) {
    json_object_writer fields{out};
    fields.count("num_clients", answer.page->stats.clients);
    fields.count("num_users", answer.page->stats.users);
    fields.end();
    return out;
  }
  std::vector<client_info> clients;
  for (const auto& each : answer.page->clients)
    clients.push_back(
      {each.info.user, each.client, each.info.conn_info, each.info.chan_info});
  centrifuge_json_encoder{}.encode_body(presence_result{clients}, out);
  return out;
}

api_reply reply_to(const cluster_answer& answer, const control_query& asked) {
  if (answer.nodes.empty())
    return unasked(answer.problem);
  if (std::holds_alternative<channels_query>(asked))
    return channels_text(answer);
  if (std::holds_alternative<info_query>(asked))
    return info_text(answer);
  if (const auto missing = shortfall_of(answer); !missing.empty())
    return internal("not done everywhere: " + missing);
  return std::string{"{}"};
}

void append_reply(std::string& out, const api_reply& reply) {
  append_batched(out, "result", reply);
}

void append_batched(std::string& out, std::string_view method,
                    const api_reply& reply) {
  json_object_writer fields{out};
  if (const auto* error = std::get_if<api_error>(&reply))
    append_error(fields.key("error"), *error);
  else
    fields.key(method) += std::get<std::string>(reply);
  fields.end();
}

} // namespace rookery
