#include "cluster/api/server_api.hpp"

#include "actors/message/publication_fields.hpp"
#include "cluster/api/reply_list.hpp"

#include <utility>

namespace rookery {

namespace {

http_response page_of(std::string body, const std::vector<http_field>& fields) {
  http_response page;
  page.content_type = "application/json";
  page.body = std::move(body);
  page.fields = fields;
  page.fields.push_back({"Cache-Control", "no-store"});
  return page;
}

http_response page_of(const api_reply& reply,
                      const std::vector<http_field>& fields) {
  std::string body;
  append_reply(body, reply);
  return page_of(std::move(body), fields);
}

} // namespace

server_api::server_api(caf::actor_config& config, bus_access& bus,
                       const namespaces& names,
                       actor_ref<control_actor> control)
  : pinned_actor{config},
    bus_{bus},
    names_{names},
    control_{std::move(control)} {}

server_api::behavior_type server_api::make_behavior() {
  return {
    [this](const publish_outcome& result) { end(result); },
    [this](const history_answer& answer) { end(answer); },
    [this](const presence_answer& answer) { end(answer); },
    [this](const cluster_answer& answer) { end(answer); },
    [this](inspect_atom) { return inspect(); },
  };
}

void server_api::serve(std::shared_ptr<http_exchange> exchange,
                       std::string_view method,
                       std::vector<http_field> fields) {
  ++served_;
  const auto& body = exchange->request().body;
  const auto answer = [exchange, fields](const api_reply& reply) {
    exchange->respond(page_of(reply, fields));
  };
  if (method == "batch")
    begin_batch(body, answer);
  else
    begin(method, body, answer);
}

void server_api::serve_lines(std::shared_ptr<http_exchange> exchange,
                             std::vector<http_field> fields) {
  ++served_;
  auto read = read_api_lines(exchange->request().body);
  if (auto* wrong = std::get_if<api_error>(&read))
    return exchange->respond(page_of(std::move(*wrong), fields));
  const auto& commands = std::get<std::vector<batched_command>>(read);
  const auto lines = reply_list::make_lines(
    commands.size(), [exchange, fields](std::string text) {
      exchange->respond(page_of(std::move(text), fields));
    });
  for (std::size_t i = 0; i < commands.size(); ++i)
    begin(commands[i], [lines, i](const api_reply& reply) {
      lines->set(i, "result", reply);
    });
}

void server_api::begin(const batched_command& command, const done& then) {
  if (command.problem)
    then(*command.problem);
  else
    begin(command.method, command.body, then);
}

void server_api::begin(std::string_view method, std::string_view body,
                       const done& then) {
  if (!is_api_method(method))
    return then(error_with(centrifuge_fault::method_not_found));
  auto read = read_api_command(method, body, names_);
  if (auto* wrong = std::get_if<api_error>(&read))
    return then(std::move(*wrong));
  if (pending_.size() >= max_pending)
    return then(error_with(centrifuge_fault::too_many_requests));
  std::visit([&](auto& command) { begin(command, then); },
             std::get<api_command>(read));
}

void server_api::begin_batch(std::string_view body, const done& then) {
  auto read = read_api_batch(body);
  if (auto* wrong = std::get_if<api_error>(&read))
    return then(std::move(*wrong));
  const auto& commands = std::get<std::vector<batched_command>>(read);
  const auto list = reply_list::make("replies", commands.size(), then);
  for (std::size_t i = 0; i < commands.size(); ++i)
    begin(commands[i],
          [list, i, method = commands[i].method](const api_reply& reply) {
            list->set(i, method, reply);
          });
}

void server_api::begin(api_publish& command, const done& then) {
  if (!command.is_broadcast)
    return publish(command, command.channels.front(), then);
  const auto list =
    reply_list::make("responses", command.channels.size(), then);
  for (std::size_t i = 0; i < command.channels.size(); ++i) {
    const auto& channel = command.channels[i];
    if (auto wrong = check_api_channel(channel, names_))
      list->set(i, "result", std::move(*wrong));
    else
      publish(command, channel, [list, i](const api_reply& reply) {
        list->set(i, "result", reply);
      });
  }
}

void server_api::publish(const api_publish& command, std::string_view channel,
                         const done& then) {
  std::string fields;
  if (!command.tags.empty())
    append_field(fields, field_tag::tags, command.tags);
  auto what = publication::make(channel, command.data, command.kind,
                                publication_fields{fields});
  const auto refused =
    bus_.publish(caf::strong_actor_ptr{ctrl()}, std::move(what), wait(then),
                 acknowledge::always, command.key,
                 command.skips_history ? history_use::skip : history_use::keep);
  if (refused)
    end(*refused);
}

void server_api::begin(api_presence& command, const done& then) {
  const auto limit = command.is_count ? 0 : longest_presence;
  auto channel = command.channel;
  bus_.ask(caf::strong_actor_ptr{ctrl()},
           {std::move(channel), limit, wait(then, std::move(command))});
}

void server_api::begin(api_history& command, const done& then) {
  history_query query{command.channel, {command.range, {}, {}}, 0};
  query.ticket = wait(then, std::move(command));
  bus_.read(caf::strong_actor_ptr{ctrl()}, std::move(query));
}

void server_api::begin(api_history_remove& command, const done& then) {
  bus_.remove(caf::strong_actor_ptr{ctrl()},
              {std::move(command.channel), wait(then)});
}

void server_api::begin(control_query& command, const done& then) {
  cluster_query query;
  query.what = std::make_shared<const control_query>(command);
  query.ticket = wait(then, std::move(command));
  tell(caf::strong_actor_ptr{ctrl()}, control_, std::move(query));
}

std::uint64_t server_api::wait(done then, decltype(pending::what) what) {
  pending_.emplace(++ticket_, pending{std::move(then), std::move(what)});
  return ticket_;
}

template <class Answer>
void server_api::end(const Answer& answer) {
  auto found = pending_.extract(answer.ticket);
  if (!found)
    return;
  auto& [then, what] = found.mapped();
  if constexpr (std::is_same_v<Answer, publish_outcome>)
    then(reply_to(answer));
  else if constexpr (std::is_same_v<Answer, history_answer>)
    then(reply_to(answer, std::get<api_history>(what).since));
  else if constexpr (std::is_same_v<Answer, presence_answer>)
    then(reply_to(answer, std::get<api_presence>(what).is_count));
  else
    then(reply_to(answer, std::get<control_query>(what)));
}

void server_api::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.add("served", static_cast<std::int64_t>(served_));
  out.add("pending", static_cast<std::int64_t>(pending_.size()));
}

void server_api::on_exit() {
  pending_.clear();
  control_ = {};
  pinned_actor::on_exit();
}

} // namespace rookery
