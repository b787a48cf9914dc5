#include "cluster/redis/redis_publish_link.hpp"

#include "configs/log.hpp"

#include <array>
#include <chrono>
#include <utility>

namespace rookery {

namespace {

using kind = pending_commands::kind;

/// Characters of a run: too many for two alike, and as many as a string holds
/// without an allocation, because every publish carries them.
constexpr std::size_t run_size = 15;

/// Maximum bytes of a PUBLISH besides its name and payload.
constexpr std::size_t command_overhead = 64;

/// Time after which refused scripts are loaded again: the rights of a user may
/// have changed.
constexpr std::chrono::minutes script_pause{1};

} // namespace

redis_publish_link::redis_publish_link(io_loop& loop,
                                       const redis_options& options,
                                       const redis_scripts& scripts,
                                       publish_events& events,
                                       std::function<double()> random)
  : redis_link{loop, options, "publish", scripts.replies, std::move(random)},
    scripts_{scripts.all},
    events_{events},
    pending_{options.unanswered_bytes} {}

std::optional<publish_problem>
redis_publish_link::publish(std::string_view name, std::string_view payload,
                            answer_handler& then) {
  if (const auto problem =
        refusal_of(name.size() + payload.size() + command_overhead))
    return problem;
  const auto size =
    stream()->send(std::array<std::string_view, 3>{"PUBLISH", name, payload});
  await(kind::publish, size, std::move(then));
  return std::nullopt;
}

std::optional<publish_problem>
redis_publish_link::call(std::string_view command, answer_handler& then) {
  if (const auto problem = refusal_of(command.size()))
    return problem;
  if (!script_refusal_.empty())
    return publish_problem::rejected;
  return ask(command, then);
}

std::optional<publish_problem> redis_publish_link::ask(std::string_view command,
                                                       answer_handler& then) {
  if (const auto problem = refusal_of(command.size()))
    return problem;
  stream()->send_encoded(command);
  await(kind::call, command.size(), std::move(then));
  return std::nullopt;
}

std::optional<publish_problem>
redis_publish_link::refusal_of(std::size_t bytes) const {
  if (state() != link_state::up)
    return publish_problem::bus_down;
  if (!pending_.has_room_for(bytes))
    return publish_problem::overloaded;
  return std::nullopt;
}

void redis_publish_link::await(kind type, std::size_t bytes,
                               answer_handler then) {
  pending_.push({type, bytes, pending_commands::clock::now(), std::move(then)});
}

void redis_publish_link::prepare() {
  if (scripts_.empty())
    return ready();
  load_scripts();
}

void redis_publish_link::load_scripts() {
  load_error_.clear();
  loaded_at_ = pending_commands::clock::now();
  for (const auto* script : scripts_)
    load(*script);
}

void redis_publish_link::load(const redis_script& script) {
  const auto size = stream()->send(
    std::array<std::string_view, 3>{"SCRIPT", "LOAD", script.text()});
  await(kind::own, size, [this, &script](const redis_answer& answer) {
    handle_loaded(script, *answer.reply);
  });
}

void redis_publish_link::forget() {
  // After the sign-in there are commands of callers, which `went_down` answers.
  if (state() == link_state::signing_in)
    pending_.clear();
}

void redis_publish_link::send(own_command what, arguments command) {
  await(
    kind::own, stream()->send(command),
    [this, what](const redis_answer& given) { answer(what, *given.reply); });
  // A server that was a replica for a while has another run.
  if (what == own_command::role)
    await(
      kind::own,
      stream()->send(std::array<std::string_view, 2>{"INFO", "replication"}),
      [this](const redis_answer& given) { take_run(*given.reply); });
}

void redis_publish_link::take_run(const redis_reply& reply) {
  constexpr std::string_view name = "\nmaster_replid:";
  run_.clear();
  if (reply.type(0) == redis_reply::kind::error)
    return static_cast<void>(
      tolerates(read_redis_error(reply.text(0)), "INFO"));
  if (reply.type(0) != redis_reply::kind::text)
    return lost("not the answer of a Redis");
  const auto text = reply.text(0);
  if (const auto at = text.find(name); at != text.npos)
    run_ = text.substr(at + name.size(), run_size);
}

void redis_publish_link::replied(const redis_reply& reply) {
  const auto* next = pending_.oldest();
  if (next == nullptr)
    return lost("not the answer of a Redis");
  if (next->type == kind::own)
    return pending_.pop().then({.reply = &reply});
  const auto type = reply.type(0);
  if (type == redis_reply::kind::error) {
    const auto what = read_redis_error(reply.text(0));
    if (what.word != "NOSCRIPT")
      return refuse(pending_.pop(), what, reply);
    tolerates(what, "script");
    return lost(what.text);
  }
  if (next->type == kind::publish && type != redis_reply::kind::integer)
    return lost("not the answer of a Redis");
  auto command = pending_.pop();
  events_.answered(command.then, {.reply = &reply, .since = command.since});
}

void redis_publish_link::refuse(pending_commands::command command,
                                const redis_error& what,
                                const redis_reply& reply) {
  events_.answered(command.then, {.verdict = publish_verdict::refused,
                                  .problem = publish_problem::rejected,
                                  .reply = &reply,
                                  .error = what.text,
                                  .since = command.since});
  tolerates(what, command.type == kind::publish ? "PUBLISH" : "script");
}

// Without the right to run scripts, channels without history still work.
void redis_publish_link::handle_loaded(const redis_script& script,
                                       const redis_reply& reply) {
  const auto type = reply.type(0);
  if (type == redis_reply::kind::error) {
    const auto what = read_redis_error(reply.text(0));
    if (!tolerates(what, "SCRIPT LOAD"))
      return;
    if (!what.denies_command() && state() != link_state::up)
      return lost(what.text);
    load_error_ = what.text;
  } else if (type != redis_reply::kind::text) {
    return lost("not the answer of a Redis");
  }
  if (&script == scripts_.back())
    end_loading();
}

void redis_publish_link::end_loading() {
  if (!load_error_.empty() && script_refusal_.empty())
    log::warn("redis loads no scripts, histories and presence are off",
              "command", "SCRIPT LOAD", "answer", load_error_);
  else if (load_error_.empty() && !script_refusal_.empty())
    log::info("redis loads scripts again");
  script_refusal_ = std::exchange(load_error_, {});
  if (state() != link_state::up)
    ready();
}

void redis_publish_link::look_after() {
  if (state() == link_state::up && !script_refusal_.empty()
      && pending_commands::clock::now() - loaded_at_ > script_pause)
    load_scripts();
}

bool redis_publish_link::is_overdue() {
  const auto* oldest = pending_.oldest();
  return oldest != nullptr
         && pending_commands::clock::now() - oldest->since
              > options().answer_timeout;
}

void redis_publish_link::stop() {
  end();
  fail_pending();
}

void redis_publish_link::went_down() {
  fail_pending();
  events_.publish_link_down();
}

/// Answers the pending commands of the last connection with a failure.
void redis_publish_link::fail_pending() {
  const auto seen = pending_.count() - pending_.unsent_commands(unsent());
  for (std::size_t i = 0; pending_.count() > 0; ++i) {
    auto command = pending_.pop();
    if (command.type == kind::own)
      continue;
    events_.answered(
      command.then,
      i < seen
        ? redis_answer{publish_verdict::unknown, publish_problem::link_lost}
        : redis_answer{publish_verdict::refused, publish_problem::bus_down});
  }
}

} // namespace rookery
