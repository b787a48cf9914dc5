#include "cluster/publish_desk.hpp"

#include "actors/envelope.hpp"
#include "actors/interfaces.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <string>
#include <utility>

namespace rookery {

void publish_desk::publish(std::string_view name,
                           const publish_command& command,
                           const caf::strong_actor_ptr& sender) {
  const auto kind = command.what->kind();
  const auto data = command.what->data();
  const asker from{sender, command.ticket, command.when, 0};
  const auto problem = needs_envelope(kind, data)
                         ? hand_over(name, wrap(kind, data), from)
                         : hand_over(name, data, from);
  if (problem)
    tell(from, publish_verdict::refused, *problem);
}

bool publish_desk::publish_mark(std::string_view name, std::uint64_t mark) {
  asker from;
  from.mark = mark;
  return !hand_over(name, std::to_string(mark), from);
}

std::optional<publish_problem> publish_desk::hand_over(std::string_view name,
                                                       std::string_view payload,
                                                       const asker& from) {
  const auto problem = link_.publish(name, payload, next_ticket_);
  if (!problem) {
    ++next_ticket_;
    askers_.push_back(from);
  }
  return problem;
}

std::uint64_t publish_desk::answered(publish_verdict verdict,
                                     publish_problem problem) {
  const auto to = std::move(askers_.front());
  askers_.pop_front();
  if (to.mark == 0)
    tell(to, verdict, problem);
  return verdict == publish_verdict::accepted ? to.mark : 0;
}

void publish_desk::close() {
  while (!askers_.empty())
    answered(publish_verdict::unknown, publish_problem::link_lost);
}

void publish_desk::tell(const asker& to, publish_verdict verdict,
                        publish_problem problem) {
  accepted_ += verdict == publish_verdict::accepted;
  refused_ += verdict == publish_verdict::refused;
  unknown_ += verdict == publish_verdict::unknown;
  const auto is_wanted =
    verdict != publish_verdict::accepted || to.when == acknowledge::always;
  if (to.sender && is_wanted)
    caf::anon_send(caf::actor_cast<caf::actor>(to.sender),
                   publish_outcome{to.ticket, verdict, problem});
}

void publish_desk::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("pending_commands", number(link_.unanswered()));
  out.add("pending_bytes", number(link_.unanswered_bytes()));
  out.add("published", number(accepted_));
  out.add("refused", number(refused_));
  out.add("unknown", number(unknown_));
}

} // namespace rookery
