#include "cluster/bridge/redis_presence.hpp"

#include "actors/interfaces.hpp"
#include "cluster/bridge/presence_entries.hpp"
#include "cluster/bridge/presence_scripts.hpp"

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace rookery {

redis_presence::redis_presence(redis_requests& requests, page_reads& pages,
                               const redis_keys& keys, std::string node,
                               lease_times times)
  : requests_{requests},
    pages_{pages},
    book_{requests, make_presence_kind(keys), std::move(node), {}, times} {}

void redis_presence::enter(const presence_enter& what) {
  book_.add(presence_name(what.channel, what.who.client), presence_text(what));
}

void redis_presence::leave(const presence_leave& what) {
  book_.end(presence_name(what.channel, what.client));
}

void redis_presence::list(presence_query& query,
                          const caf::strong_actor_ptr& sender) {
  if (!sender)
    return;
  page_asker asker{sender, query.ticket, std::move(query.spent)};
  if (query.limit == 0)
    return call(query, page_reads::one(std::move(asker)), [] {});
  const auto limit = std::min(query.limit, longest_presence);
  pages_.add(
    "presence\n" + query.channel + "\n" + std::to_string(limit),
    std::move(asker),
    [this, query](page_reads::askers askers, std::function<void()> done) {
      call(query, std::move(askers), std::move(done));
    });
}

void redis_presence::call(const presence_query& query,
                          page_reads::askers askers,
                          std::function<void()> done) {
  struct result {
    presence_page page;
    /// The problem of the listing; the count follows on the same link.
    publish_problem problem = publish_problem::none;
  };

  const auto found = std::make_shared<result>();
  auto answer = [askers = std::move(askers), done = std::move(done),
                 found](publish_problem problem) mutable {
    const auto is_good = problem == publish_problem::none;
    const std::shared_ptr<const presence_page> page{found, &found->page};
    for (auto& each : askers)
      caf::anon_send(caf::actor_cast<caf::actor>(each.actor),
                     presence_answer{each.ticket, problem,
                                     is_good ? page : nullptr,
                                     std::move(each.spent)});
    done();
  };
  if (query.limit > 0)
    requests_.call(
      presence_list{book_.kind(), query.channel,
                    std::min(query.limit, longest_presence)},
      [found](const redis_reply* reply, publish_problem problem) {
        auto listed = reply ? read_listing(*reply) : std::nullopt;
        if (!listed) {
          found->problem = reply ? publish_problem::rejected : problem;
          return;
        }
        for (auto& each : *listed)
          found->page.clients.push_back(
            {std::move(each.client), read_presence_info(each.info)});
      });
  requests_.call(presence_count{book_.kind(), query.channel},
                 [found, answer = std::move(answer)](
                   const redis_reply* reply, publish_problem problem) mutable {
                   if (!reply)
                     return answer(problem);
                   const auto counts = read_counts(*reply);
                   if (!counts)
                     return answer(publish_problem::rejected);
                   found->page.stats = {counts->clients, counts->users};
                   answer(found->problem);
                 });
}

void redis_presence::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("presence_entries", number(book_.size()));
  out.add("presence_gone", number(book_.gone()));
  out.add("presence_swept", number(book_.swept()));
  out.add_flag("presence_leased", book_.is_leased());
}

} // namespace rookery
