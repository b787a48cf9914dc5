#include "cluster/bridge/redis_requests.hpp"

#include "actors/interfaces.hpp"
#include "actors/message/envelope.hpp"
#include "cluster/bridge/history_scripts.hpp"
#include "cluster/shared/random_text.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace rookery {

namespace {

/// Length of a publication's id, in characters.
constexpr std::size_t id_size = 16;

} // namespace

void redis_requests::publish(publish_command& command,
                             const caf::strong_actor_ptr& sender) {
  const auto& what = *command.what;
  const auto& terms = command.terms;
  const auto is_by_script = terms.history.keeps() || terms.key.keeps();
  const auto number = record_.ledger.sent(what.channel(), what.data().size(),
                                          std::chrono::steady_clock::now());
  answer_handler then{
    [this, from = publisher{std::move(command.spent), sender, command.ticket,
                            number, command.when, is_by_script}](
      const redis_answer& answer) { conclude(from, answer); }};
  const auto problem = is_by_script ? publish_by_script(command, then)
                                    : publish_directly(what, then);
  if (problem)
    then({.verdict = publish_verdict::refused,
          .problem = *problem,
          .error = *problem == publish_problem::rejected
                     ? link_.script_refusal()
                     : std::string_view{}});
  else
    ++record_.meters.published;
}

std::optional<publish_problem>
redis_requests::publish_directly(const publication& what,
                                 answer_handler& then) {
  const auto name = keys_.pubsub(what.channel());
  if (needs_envelope(what.kind(), what.data(), what.fields()))
    return link_.publish(name, wrap(what.kind(), what.data(), what.fields()),
                         then);
  return link_.publish(name, what.data(), then);
}

std::optional<publish_problem>
redis_requests::publish_by_script(const publish_command& command,
                                  answer_handler& then) {
  const auto& what = *command.what;
  const auto& terms = command.terms;
  history_publish asked{what.channel(), what.kind(), what.data()};
  std::string fields;
  std::string message;
  if (terms.history.keeps()) {
    fields = what.fields().bytes();
    append_field(fields, field_tag::id, random_text(id_size));
    if (fields.size() > longest_kept_fields)
      return publish_problem::rejected;
    asked.fields = fields;
    asked.history = terms.history;
  } else if (needs_envelope(what.kind(), what.data(), what.fields())) {
    message = wrap(what.kind(), what.data(), what.fields());
    asked.data = message;
  }
  asked.idempotency_key = terms.key.text;
  asked.result_ttl = terms.key.ttl;
  asked.common = this->terms();
  command_.clear();
  append_command(command_, keys_, asked);
  return link_.call(command_, then);
}

history_terms redis_requests::terms() const {
  return {random_text(epoch_size), std::string{link_.run()}, position_ttl_};
}

bool redis_requests::publish_mark(std::string_view name, std::uint64_t mark,
                                  std::function<void()> accepted) {
  answer_handler then{
    [accepted = std::move(accepted)](const redis_answer& answer) {
      if (answer.verdict == publish_verdict::accepted)
        accepted();
    }};
  return !link_.publish(name, std::to_string(mark), then);
}

void redis_requests::call_encoded(reply_handler then, bool is_script) {
  ++calls_;
  answer_handler answered{[then = std::move(then)](const redis_answer& answer) {
    const auto is_good = answer.verdict == publish_verdict::accepted;
    then(is_good ? answer.reply : nullptr, answer.problem);
  }};
  if (const auto problem = is_script ? link_.call(command_, answered)
                                     : link_.ask(command_, answered))
    answered({publish_verdict::refused, *problem});
}

void redis_requests::conclude(const publisher& from,
                              const redis_answer& answer) {
  if (!from.is_by_script || answer.verdict != publish_verdict::accepted)
    return tell(from, answer);
  auto result = read_published(*answer.reply);
  if (result && !result->error)
    return tell(from, {}, std::move(result->position));
  // Perhaps it is stored, and was not published.
  redis_answer unknown{publish_verdict::unknown, publish_problem::rejected};
  if (result) {
    link_.note(*result->error, "PUBLISH");
    unknown.error = result->error->text;
  }
  tell(from, unknown);
}

void redis_requests::tell(const publisher& to, const redis_answer& answer,
                          stream_position position) {
  const auto verdict = answer.verdict;
  accepted_ += verdict == publish_verdict::accepted;
  refused_ += verdict == publish_verdict::refused;
  unknown_ += verdict == publish_verdict::unknown;
  record_.ledger.answered(to.number, verdict, answer.problem, position.offset,
                          answer.error);
  const auto is_wanted =
    verdict != publish_verdict::accepted || to.when == acknowledge::always;
  if (to.sender && is_wanted)
    caf::anon_send(
      caf::actor_cast<caf::actor>(to.sender),
      publish_outcome{to.ticket, verdict, answer.problem, std::move(position)});
}

void redis_requests::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("unanswered", number(link_.unanswered()));
  out.add("unanswered_bytes", number(link_.unanswered_bytes()));
  out.add("published", number(accepted_));
  out.add("refused", number(refused_));
  out.add("unknown", number(unknown_));
  out.add("script_calls", number(calls_));
}

} // namespace rookery
