#include "cluster/admin/admin_stream.hpp"

#include "actors/channel/frame_cache.hpp"
#include "actors/message/websocket_frame.hpp"
#include "actors/runtime/light_handlers.hpp"
#include "actors/text/channel_name.hpp"
#include "cluster/admin/admin_queries.hpp"
#include "cluster/shared/parse_json.hpp"
#include "configs/log.hpp"

#include <caf/send.hpp>

#include <utility>

namespace rookery {

namespace {

using namespace std::chrono_literals;

/// The time a client has for its first message.
constexpr auto patience = 5s;

/// The times between two queries to the nodes.
constexpr auto reading_interval = 1'000ms;
constexpr auto watch_interval = 250ms;

constexpr std::uint64_t usual_seconds = 60;
constexpr std::uint64_t max_seconds = 3'600;

std::string text_in(const admin_json& asked, const char* name) {
  const auto found = asked.find(name);
  return found != asked.end() && found->is_string() ? found->get<std::string>()
                                                    : std::string{};
}

std::uint64_t number_in(const admin_json& asked, const char* name,
                        std::uint64_t fallback) {
  const auto found = asked.find(name);
  return found != asked.end() && found->is_number_unsigned()
           ? found->get<std::uint64_t>()
           : fallback;
}

std::chrono::milliseconds wall_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
    std::chrono::system_clock::now().time_since_epoch());
}

} // namespace

admin_stream::admin_stream(caf::actor_config& config, stream_services& services,
                           stream_request request)
  : light_actor{config}, services_{services}, from_{std::move(request)} {}

void admin_stream::begin() {
  socket().open();
  deadline_ = clock::now() + patience;
  plan_tick(patience);
}

void admin_stream::message(std::string_view payload, payload_kind) {
  count_handled();
  if (!topic_.empty())
    return end("one request a stream");
  const auto asked = parse_json<admin_json>(payload);
  if (!asked.is_object())
    return end("expected a JSON object");
  if (!services_.guard.admits(text_in(asked, "token")))
    return end("a valid token is required");
  if (services_.open >= stream_services::max_streams)
    return end("too many streams");
  if (const auto problem = accept(asked); !problem.empty())
    return end(problem);
  ++services_.open;
  counts_ = true;
  const auto seconds =
    number_in(asked, "seconds", watch_ ? usual_seconds : max_seconds);
  deadline_ = clock::now() + std::chrono::seconds{seconds};
  ask();
  plan_tick(watch_ ? watch_interval : reading_interval);
}

std::string admin_stream::accept(const admin_json& asked) {
  const auto seconds = number_in(asked, "seconds", usual_seconds);
  if (seconds == 0 || seconds > max_seconds)
    return "seconds must be from 1 to 3600";
  const auto topic = text_in(asked, "topic");
  if (topic == "watch") {
    if (auto problem = accept_watch(asked); !problem.empty())
      return problem;
  } else if (topic == "nodes" || topic == "top") {
    question_.method = "GET";
    question_.target = "/api/" + topic + "?limit="
                       + std::to_string(number_in(asked, "limit", 10));
    admin_request request{question_};
    request.limit();
    if (const auto& problem = request.problem())
      return problem->text;
  } else {
    return "topic must be nodes, top or watch";
  }
  topic_ = topic;
  return {};
}

std::string admin_stream::accept_watch(const admin_json& asked) {
  watch_subject subject{text_in(asked, "channel"), text_in(asked, "user"),
                        number_in(asked, "connection", 0),
                        text_in(asked, "node")};
  if (subject.connection != 0 && subject.node.empty())
    subject.node = self_node;
  const auto subjects = (subject.channel.empty() ? 0 : 1)
                        + (subject.user.empty() ? 0 : 1)
                        + (subject.connection == 0 ? 0 : 1);
  if (subjects != 1)
    return "watch one channel, connection or user";
  const auto& channel = subject.channel;
  if (!channel.empty()) {
    if (check_channel_name(channel) || is_reserved(channel))
      return "no such channel";
    place_ = services_.channels.join(channel, *this);
  }
  log::info("admin watch", "channel", channel, "user", subject.user,
            "connection", subject.connection, "from", from_.remote_address);
  watch_ = std::make_unique<watch_log>(std::move(subject));
  return {};
}

void admin_stream::ask() {
  admin_request request{question_};
  is_asking_ = true;
  auto query =
    watch_ ? watch_->next() : find_route(admin_queries(), topic_)->ask(request);
  query_nodes(
    services_.system, services_.control, std::move(query),
    [self = self_ptr()](query_answers answers) {
      caf::anon_send(
        caf::actor_cast<admin_stream_actor>(self),
        stream_news{std::make_shared<const query_answers>(std::move(answers))});
    });
}

void admin_stream::tick(tick_atom) {
  if (gone_)
    return;
  if (clock::now() >= deadline_)
    return end(topic_.empty() ? "say within 5 s what you want"
                              : "time is over");
  if (!topic_.empty() && !is_asking_)
    ask();
  if (watch_ && !watch_->empty())
    send(watch_->tell());
  plan_tick(watch_ ? watch_interval : reading_interval);
}

void admin_stream::tell(const stream_news& news) {
  is_asking_ = false;
  if (gone_ || topic_.empty())
    return;
  const auto& answers = *news.answers;
  if (!answers.is_known_node)
    return end("no such node");
  if (watch_)
    return watch_->take(answers);
  send({{"topic", topic_}, {"data", show(answers)}});
}

admin_json admin_stream::show(const query_answers& answers) {
  admin_request request{question_};
  auto result = answers.frame();
  result.update(find_route(admin_queries(), topic_)->show(request, answers));
  return result;
}

bool admin_stream::deliver(subscription&, frame_cache& frames) {
  if (watch_ && frames.event() == publication_event::message)
    watch_->take(frames.what(), wall_now());
  return true;
}

member_facts admin_stream::facts() const {
  return {id(), {}, 0, {}};
}

void admin_stream::send(const admin_json& what) {
  socket().deliver(encode_websocket(payload_kind::text, text_of(what)));
}

void admin_stream::end(std::string_view why) {
  if (gone_)
    return;
  send({{"end", why}});
  socket().close(close_reason::normal);
}

void admin_stream::closed(close_reason) {
  gone_ = true;
  quit();
}

void admin_stream::recover() {
  if (gone_)
    quit(caf::sec::runtime_error);
  else
    socket().close(close_reason::internal_error);
}

void admin_stream::plan_tick(std::chrono::milliseconds delay) {
  tell_later(delay, tick_atom_v);
}

admin_stream::outcome admin_stream::receive(caf::mailbox_element& element,
                                            caf::message& reply) {
  using handlers = light_handlers<admin_stream_actor, &admin_stream::tick,
                                  &admin_stream::tell, &admin_stream::look>;
  return handlers::invoke(*this, element.content(), reply) ? outcome::handled
                                                           : outcome::unmatched;
}

void admin_stream::on_exit() {
  if (std::exchange(counts_, false))
    --services_.open;
  if (place_)
    services_.channels.leave(std::exchange(place_, nullptr));
  if (!gone_)
    socket().close(close_reason::going_away);
}

void admin_stream::describe(snapshot& out) const {
  light_actor::describe(out);
  out.add("topic", topic_);
  out.add("remote_address", from_.remote_address);
}

} // namespace rookery
