#include "cluster/bridge/redis_history.hpp"

#include "actors/interfaces.hpp"
#include "cluster/bridge/history_scripts.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace rookery {

namespace {

/// Returns an answer without ticket and credit.
history_answer read_answer(std::string_view channel, const redis_reply* reply,
                           publish_problem problem) {
  if (!reply)
    return {0, problem, nullptr};
  auto page = read_page(*reply, channel);
  if (!page)
    return {0, publish_problem::rejected, nullptr};
  return {0, publish_problem::none,
          std::make_shared<history_page>(std::move(*page))};
}

/// Returns a text that is the same for equal queries only.
std::string key_of(const history_query& query) {
  const auto& [range, known, known_id] = query.what;
  auto result = "history\n" + query.channel;
  const auto add = [&result](std::string_view part) {
    result.append("\n").append(part);
  };
  add(range.since ? std::to_string(*range.since) : "");
  add(std::to_string(range.limit));
  add(std::to_string(range.max_bytes));
  add(range.reverse ? "reverse" : "");
  add(known.epoch);
  add(std::to_string(known.offset));
  add(known_id);
  return result;
}

void call(redis_requests& requests, const history_query& query,
          page_reads::askers askers, std::function<void()> done,
          const note_empty& note) {
  const auto& what = query.what;
  const auto terms = requests.terms();
  // The following read sees the changes of the verification.
  if (!what.known.epoch.empty())
    requests.call(
      history_verify{query.channel, what.known, what.known_id, terms},
      [](const redis_reply*, publish_problem) {});
  requests.call(history_read{query.channel, what.range, terms},
                [channel = query.channel, askers = std::move(askers),
                 done = std::move(done),
                 note](const redis_reply* reply, publish_problem problem) {
                  auto answer = read_answer(channel, reply, problem);
                  if (answer.page && answer.page->top.offset == 0)
                    note(channel);
                  for (const auto& each : askers) {
                    answer.ticket = each.ticket;
                    caf::anon_send(caf::actor_cast<caf::actor>(each.actor),
                                   answer);
                  }
                  done();
                });
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

void read_history(redis_requests& requests, page_reads& pages,
                  history_query& query, const caf::strong_actor_ptr& sender,
                  const note_empty& note) {
  if (!sender)
    return;
  page_asker asker{sender, query.ticket, std::move(query.spent)};
  // A position alone is not worth waiting.
  if (query.what.range.limit == 0)
    return call(
      requests, query, page_reads::one(std::move(asker)), [] {}, note);
  pages.add(key_of(query), std::move(asker),
            [&requests, query, note](page_reads::askers askers,
                                     std::function<void()> done) {
              call(requests, query, std::move(askers), std::move(done), note);
            });
}

void remove_history(redis_requests& requests, const history_removal& what,
                    const caf::strong_actor_ptr& sender) {
  requests.call(
    history_remove{what.channel, requests.terms()},
    [what, sender](const redis_reply* reply, publish_problem problem) {
      if (sender)
        caf::anon_send(caf::actor_cast<caf::actor>(sender),
                       read_outcome(what, reply, problem));
    });
}

} // namespace rookery
