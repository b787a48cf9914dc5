#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rookery::test {

/// The settings of an obliging bus, and the messages it received.
struct bus_log {
  bool confirms = true;
  bool answers = true;
  publish_outcome outcome;
  publish_problem problem = publish_problem::none;
  std::string epoch = "e";
  std::vector<publication_ptr> history;
  std::shared_ptr<presence_page> present = std::make_shared<presence_page>();

  std::map<std::string, actor_ref<subscriber_actor>> channels;
  std::vector<publication_ptr> published;
  std::vector<history_query> reads;
  std::vector<std::string> removed;
  std::vector<presence_query> questions;
  std::vector<presence_enter> entered;
  std::vector<presence_leave> left;
  std::vector<client_entered> connected;
  std::vector<client_left> gone;
  /// The credits of publishes that are not answered.
  std::vector<credit> unanswered;

  /// The next publication of the history.
  publication_ptr kept(const publication& what) {
    std::string fields;
    append_offset(fields, history.size() + 1);
    append_field(fields, field_tag::epoch, epoch);
    fields += what.fields().bytes();
    history.push_back(publication::make(
      what.channel(), what.data(), what.kind(), publication_fields{fields}));
    return history.back();
  }

  std::shared_ptr<history_page> page(const history_range& range) const {
    auto result = std::make_shared<history_page>();
    result->top = {history.size(), epoch};
    auto all = history;
    if (range.reverse)
      std::ranges::reverse(all);
    for (const auto& each : all) {
      const auto is_in = !range.since
                         || (range.reverse ? each->offset() < *range.since
                                           : each->offset() > *range.since);
      if (is_in && result->publications.size() < range.limit)
        result->publications.push_back(each);
    }
    return result;
  }
};

/// A bus that confirms, delivers and answers at once, as `log` says. Runs on
/// CAF's coordinator.
inline bus_actor::behavior_type obliging_bus(bus_actor::pointer self,
                                             bus_log* log) {
  const auto answer = [self, log](auto what) {
    if (log->answers)
      caf::anon_send(caf::actor_cast<caf::actor>(self->current_sender()),
                     std::move(what));
  };
  return {
    [=](publish_command& command) {
      log->published.push_back(command.what);
      if (!log->answers)
        log->unanswered.push_back(std::move(command.spent));
      auto outcome = log->outcome;
      outcome.ticket = command.ticket;
      answer(outcome);
      const auto found =
        log->channels.find(std::string{command.what->channel()});
      const auto what =
        command.terms.history.keeps() ? log->kept(*command.what) : command.what;
      if (found != log->channels.end())
        caf::anon_send(found->second.handle(), delivery{what, {}});
    },
    [=](const want& what) {
      log->channels[what.channel] = what.subscriber;
      if (log->confirms)
        caf::anon_send(what.subscriber.handle(), confirm_atom_v);
    },
    [=](const unwant& what) { log->channels.erase(what.channel); },
    [=](const history_query& query) {
      log->reads.push_back(query);
      answer(history_answer{query.ticket, log->problem,
                            log->problem == publish_problem::none
                              ? log->page(query.what.range)
                              : nullptr});
    },
    [=](const history_removal& what) {
      log->removed.push_back(what.channel);
      answer(publish_outcome{what.ticket});
    },
    [=](const presence_enter& what) { log->entered.push_back(what); },
    [=](const presence_leave& what) { log->left.push_back(what); },
    [=](const presence_query& query) {
      log->questions.push_back(query);
      answer(presence_answer{
        query.ticket, log->problem,
        log->problem == publish_problem::none ? log->present : nullptr});
    },
    [=](const client_entered& what) { log->connected.push_back(what); },
    [=](const client_left& what) { log->gone.push_back(what); },
    [](flush_atom) { return ok_atom_v; },
    [](retire_atom) { return ok_atom_v; },
    [](const bus_ledger_query&) { return bus_ledger_page{}; },
    [](const drift_query&) { return drift_report{}; },
    [](meters_atom) { return bus_meters{}; },
    [](tick_atom) {},
    [](inspect_atom) { return snapshot{}; },
  };
}

} // namespace rookery::test
