#include "actors/client/loop_reporter.hpp"

#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/client_index.hpp"

#include <caf/sec.hpp>
#include <caf/typed_response_promise.hpp>

#include <chrono>
#include <utility>

namespace rookery {

namespace {

constexpr std::chrono::microseconds slice_pause{50};

} // namespace

loop_reporter::loop_reporter(caf::actor_config& config, add_facts more,
                             const channel_table* channels,
                             const socket_meters* sockets,
                             const client_index* clients,
                             const client_credits* credits)
  : pinned_actor{config},
    more_{std::move(more)},
    channels_{channels},
    sockets_{sockets},
    clients_{clients},
    credits_{credits} {}

loop_reporter::behavior_type loop_reporter::make_behavior() {
  return {
    [this](inspect_atom) { return inspect(); },
    [this](const actor_query& query) { return inspect_one(query.id); },
    [this](const listing_query& query) { return list(query); },
    [this](const ledger_query& query) {
      return channels_ ? channels_->look_up(query) : ledger_page{};
    },
    [this](const journal_query& query) {
      return home()->record().journal.list(query);
    },
    [this](meters_atom) { return measure_loop(); },
    [this](scan_atom) { scan(); },
    [this](count_atom) { count(); },
  };
}

caf::result<snapshot> loop_reporter::inspect_one(std::uint64_t id) const {
  const auto& actors = home()->loop_actors();
  if (const auto* found = actors.find(id))
    return found->inspect();
  return caf::make_error(caf::sec::invalid_argument);
}

caf::result<listing> loop_reporter::list(const listing_query& query) {
  if (listings_.size() >= max_listings)
    return caf::make_error(caf::sec::runtime_error, "too many listings");
  auto promise = make_response_promise<listing>();
  listings_.push_back({listing_scan{query}, promise});
  if (listings_.size() == 1)
    scan();
  return promise;
}

void loop_reporter::scan() {
  if (listings_.empty())
    return;
  auto next = std::move(listings_.front());
  listings_.pop_front();
  if (next.scan.advance(home()->loop_actors()))
    listings_.push_back(std::move(next));
  else
    next.promise.deliver(next.scan.take());
  // Wait a little, so that the loop serves its sockets in between.
  if (!listings_.empty())
    delayed_send(this, slice_pause, scan_atom_v);
}

caf::typed_response_promise<loop_meters> loop_reporter::measure_loop() {
  auto promise = make_response_promise<loop_meters>();
  meters_asked_.push_back(promise);
  if (meters_asked_.size() == 1)
    count();
  return promise;
}

void loop_reporter::count() {
  if (meters_asked_.empty())
    return;
  if (counted_.advance(home()->loop_actors()))
    return delayed_send(this, slice_pause, count_atom_v);
  const auto result = totals();
  counted_ = {};
  for (auto& promise : std::exchange(meters_asked_, {}))
    promise.deliver(result);
}

loop_meters loop_reporter::totals() const {
  loop_meters result;
  if (sockets_)
    result.sockets = *sockets_;
  result.actors = home()->record().meters;
  if (channels_) {
    result.streams = channels_->counted();
    result.counts.channels = channels_->size();
    result.counts.subscriptions = channels_->members();
  }
  if (clients_) {
    result.counts.clients = clients_->size();
    result.counts.users = clients_->users();
  }
  if (credits_) {
    result.commands = credits_->commands();
    result.command_bytes = credits_->bytes();
    result.sockets.waits.commands = credits_->rates.waits();
    result.sockets.refusals.new_channels = credits_->rates.refused_channels();
  }
  counted_.add_to(result);
  return result;
}

void loop_reporter::on_exit() {
  listings_.clear();
  meters_asked_.clear();
  pinned_actor::on_exit();
}

void loop_reporter::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.last_error = home()->record().last_error;
  out.add("actors", static_cast<std::int64_t>(home()->loop_actors().size()));
  out.add("wakes", static_cast<std::int64_t>(home()->wakes()));
  if (more_)
    more_(out);
}

} // namespace rookery
