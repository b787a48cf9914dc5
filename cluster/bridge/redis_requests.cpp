#include "cluster/bridge/redis_requests.hpp"

#include "actors/interfaces.hpp"
#include "actors/message/envelope.hpp"
#include "cluster/bridge/history_scripts.hpp"
#include "cluster/shared/random_text.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <string>
#include <utility>

namespace rookery {

namespace {

/// Characters of a publication's id.
constexpr std::size_t id_size = 16;

} // namespace

void redis_requests::publish(const publish_command& command,
                             const caf::strong_actor_ptr& sender) {
  asker from{sender, command.ticket, command.when};
  from.sent = clock::now();
  from.number = record_.ledger.sent(command.what->channel(),
                                    command.what->data().size(), from.sent);
  const auto& terms = command.terms;
  const auto problem = terms.history.keeps() || terms.key.keeps()
                         ? publish_by_script(command, from)
                         : publish_directly(*command.what, from);
  if (problem)
    tell(from, publish_verdict::refused, *problem);
  else
    ++record_.meters.published;
}

std::optional<publish_problem>
redis_requests::publish_directly(const publication& what, asker from) {
  const auto name = keys_.pubsub(what.channel());
  if (needs_envelope(what.kind(), what.data(), what.fields()))
    return hand_over(name, wrap(what.kind(), what.data(), what.fields()),
                     std::move(from));
  return hand_over(name, what.data(), std::move(from));
}

std::optional<publish_problem>
redis_requests::publish_by_script(const publish_command& command, asker from) {
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
  const auto new_epoch = random_text(epoch_size);
  asked.new_epoch = new_epoch;
  command_.clear();
  append_command(command_, keys_, asked);
  return call_link(std::move(from));
}

bool redis_requests::publish_mark(std::string_view name, std::uint64_t mark) {
  asker from;
  from.mark = mark;
  from.sent = clock::now();
  return !hand_over(name, std::to_string(mark), std::move(from));
}

std::optional<publish_problem>
redis_requests::hand_over(std::string_view name, std::string_view payload,
                          asker from) {
  const auto problem = link_.publish(name, payload, next_ticket_);
  if (!problem) {
    ++next_ticket_;
    askers_.push_back(std::move(from));
  }
  return problem;
}

void redis_requests::call_encoded(reply_handler then) {
  ++calls_;
  asker from;
  from.then = std::move(then);
  from.sent = clock::now();
  // Moves from it only when it was taken.
  if (const auto problem = call_link(std::move(from)))
    from.then(nullptr, *problem);
}

std::optional<publish_problem> redis_requests::call_link(asker&& from) {
  const auto problem = link_.call(command_, next_ticket_);
  if (!problem) {
    ++next_ticket_;
    askers_.push_back(std::move(from));
  }
  return problem;
}

redis_requests::asker redis_requests::take_next() {
  auto result = std::move(askers_.front());
  askers_.pop_front();
  return result;
}

void redis_requests::note_answer(const asker& to) {
  record_.meters.commands.add(clock::now() - to.sent);
}

std::uint64_t redis_requests::answered(publish_verdict verdict,
                                       publish_problem problem) {
  const auto to = take_next();
  // Otherwise it was the link that gave up.
  if (verdict == publish_verdict::accepted
      || problem == publish_problem::rejected)
    note_answer(to);
  if (to.then)
    to.then(nullptr, problem);
  else if (to.mark == 0)
    tell(to, verdict, problem);
  return verdict == publish_verdict::accepted ? to.mark : 0;
}

void redis_requests::replied(const redis_reply& reply) {
  const auto to = take_next();
  note_answer(to);
  if (to.then)
    return to.then(&reply, publish_problem::none);
  if (auto result = read_published(reply))
    tell(to, publish_verdict::accepted, publish_problem::none,
         std::move(result->position));
  else
    tell(to, publish_verdict::unknown, publish_problem::rejected);
}

void redis_requests::close() {
  while (!askers_.empty())
    answered(publish_verdict::unknown, publish_problem::link_lost);
}

void redis_requests::tell(const asker& to, publish_verdict verdict,
                          publish_problem problem, stream_position position) {
  accepted_ += verdict == publish_verdict::accepted;
  refused_ += verdict == publish_verdict::refused;
  unknown_ += verdict == publish_verdict::unknown;
  record_.ledger.answered(to.number, verdict, problem, position.offset);
  const auto is_wanted =
    verdict != publish_verdict::accepted || to.when == acknowledge::always;
  if (to.sender && is_wanted)
    caf::anon_send(
      caf::actor_cast<caf::actor>(to.sender),
      publish_outcome{to.ticket, verdict, problem, std::move(position)});
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
