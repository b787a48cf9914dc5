#include "cluster/bridge/redis_history.hpp"

#include "actors/interfaces.hpp"
#include "cluster/bridge/history_scripts.hpp"
#include "cluster/shared/random_text.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <memory>
#include <utility>

namespace rookery {

namespace {

history_answer read_answer(const history_query& query, credit spent,
                           const redis_reply* reply, publish_problem problem) {
  history_answer result{query.ticket, problem, nullptr, std::move(spent)};
  if (!reply)
    return result;
  if (auto page = read_page(*reply, query.channel))
    result.page = std::make_shared<history_page>(std::move(*page));
  else
    result.problem = publish_problem::rejected;
  return result;
}

publish_outcome read_outcome(const history_removal& what,
                             const redis_reply* reply,
                             publish_problem problem) {
  if (!reply)
    return {what.ticket,
            problem == publish_problem::link_lost
                || problem == publish_problem::no_answer
              ? publish_verdict::unknown
              : publish_verdict::refused,
            problem};
  if (!read_removed(*reply))
    return {what.ticket, publish_verdict::unknown, publish_problem::rejected};
  return {what.ticket};
}

} // namespace

void read_history(redis_requests& requests, history_query& query,
                  const caf::strong_actor_ptr& sender) {
  const auto& what = query.what;
  const auto new_epoch = random_text(epoch_size);
  // The following read sees the changes of the verification.
  if (!what.known.epoch.empty())
    requests.call(
      history_verify{query.channel, what.known, what.known_id, new_epoch},
      [](const redis_reply*, publish_problem) {});
  requests.call(history_read{query.channel, what.range, new_epoch},
                [query, sender, spent = std::move(query.spent)](
                  const redis_reply* reply, publish_problem problem) mutable {
                  if (sender)
                    caf::anon_send(
                      caf::actor_cast<caf::actor>(sender),
                      read_answer(query, std::move(spent), reply, problem));
                });
}

void remove_history(redis_requests& requests, const history_removal& what,
                    const caf::strong_actor_ptr& sender) {
  requests.call(
    history_remove{what.channel},
    [what, sender](const redis_reply* reply, publish_problem problem) {
      if (sender)
        caf::anon_send(caf::actor_cast<caf::actor>(sender),
                       read_outcome(what, reply, problem));
    });
}

} // namespace rookery
