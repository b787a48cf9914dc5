#include "cluster/admin/node_queries.hpp"

#include "cluster/admin/channel_options_json.hpp"
#include "cluster/admin/node_survey.hpp"
#include "cluster/shared/gathering.hpp"
#include "configs/log.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

namespace {

using json = admin_json;

json error_of(std::string_view what) {
  return {{"error", what}};
}

} // namespace

void node_queries::carry_out(const node_query& query, then end) {
  std::visit([&](const auto& what) { run(what, std::move(end)); }, query);
}

template <class Answer, class Actors, class Make>
void node_queries::ask_each(const Actors& actors, Make make, then end) {
  std::vector<json> silent;
  for (std::size_t i = 0; i < actors.size(); ++i)
    silent.push_back(
      error_of("loop " + std::to_string(i) + " did not answer in time"));
  const auto all = gathering<std::vector<json>>::start(
    std::move(silent), [end = std::move(end)](std::vector<json> parts) {
      end({{"parts", std::move(parts)}});
    });
  for (std::size_t i = 0; i < actors.size(); ++i)
    all->template ask<Answer>(
      self_, actors[i], survey_patience, make(i),
      [i](std::vector<json>& to, const Answer& one) { to[i] = to_json(one); });
  all->finish();
}

void node_queries::run(const unknown_query&, then end) {
  end(error_of("not known to this version"));
}

void node_queries::run(const state_query&, then end) {
  survey_node(self_, about_,
              [end](const node_facts& facts) { end(to_json(facts)); });
}

void node_queries::run(const listing_query& query, then end) {
  ask_each<listing>(
    about_.loops, [&](std::size_t) { return query; }, std::move(end));
}

void node_queries::run(const actor_query& query, then end) {
  const auto all =
    gathering<json>::start(json::array(), [end = std::move(end)](json found) {
      end({{"rows", std::move(found)}});
    });
  for (const auto& loop : about_.loops)
    all->ask<snapshot>(
      self_, loop, survey_patience, query,
      [](json& to, const snapshot& one) { to.push_back(to_json(one)); });
  all->finish();
}

void node_queries::run(const buses_query& query, then end) {
  const auto& buses = about_.buses.all();
  const auto with_drift = query.drift || query.renew;
  const drift_query drift{query.renew};
  ask_each<snapshot>(
    buses, [](std::size_t) { return inspect_atom_v; },
    [this, &buses, with_drift, drift, end](json rows) {
      if (!with_drift)
        return end(std::move(rows));
      ask_each<drift_report>(
        buses, [drift](std::size_t) { return drift; },
        [rows = std::move(rows), end](const json& drifts) mutable {
          auto& parts = rows["parts"];
          for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i]["drift"] = drifts.at("parts").at(i);
          end(std::move(rows));
        });
    });
}

void node_queries::run(const ledger_query& query, then end) {
  const auto both =
    gathering<json>::start(json::object(), [end = std::move(end)](json halves) {
      end(std::move(halves));
    });
  const auto put_as = [both](const char* name) {
    both->expect();
    return [both, name](json half) {
      both->put([&](json& to) { to[name] = std::move(half["parts"]); });
    };
  };
  const std::vector<actor_ref<bus_actor>> owner{
    about_.buses.owner_of(query.channel)};
  ask_each<bus_ledger_page>(
    owner, [&](std::size_t) { return bus_ledger_query{query.channel}; },
    put_as("bus"));
  ask_each<ledger_page>(
    about_.loops, [&](std::size_t) { return query; }, put_as("loops"));
  both->finish();
}

void node_queries::run(const events_query& query, then end) {
  auto wanted = query.what;
  std::vector<std::uint64_t> after;
  if (query.known) {
    const auto mine = query.known->find(about_.id);
    if (mine == query.known->end())
      wanted.limit = 0; // only the number of the last event
    else
      after = mine->second;
  }
  ask_each<journal_page>(
    about_.loops,
    [&](std::size_t i) {
      wanted.after = i < after.size() ? after[i] : 0;
      return wanted;
    },
    std::move(end));
}

void node_queries::run(const options_query& query, then end) {
  end(to_json(about_.names.of(query.channel)));
}

void node_queries::run(const position_query& query, then end) {
  if (!history_of(about_.names.of(query.channel)).keeps())
    return end(nullptr);
  history_query asked;
  asked.channel = query.channel;
  asked.ticket = wait(std::move(end));
  bus_.read(caf::strong_actor_ptr{self_.ctrl()}, std::move(asked));
}

void node_queries::end(const history_answer& answer) {
  const auto found = waiting_.extract(answer.ticket);
  if (!found)
    return;
  if (!answer.page)
    return found.mapped()(error_of(to_string(answer.problem)));
  found.mapped()(
    {{"epoch", answer.page->top.epoch}, {"offset", answer.page->top.offset}});
}

std::uint64_t node_queries::wait(then end) {
  waiting_.emplace(++ticket_, std::move(end));
  return ticket_;
}

void node_queries::run(const publish_text_command& command, then end) {
  const auto ticket = wait(std::move(end));
  const auto refused = bus_.publish(
    caf::strong_actor_ptr{self_.ctrl()},
    publication::make(command.channel, command.text, payload_kind::text),
    ticket, acknowledge::always);
  if (refused)
    this->end(*refused);
}

void node_queries::end(const publish_outcome& outcome) {
  const auto found = waiting_.extract(outcome.ticket);
  if (!found)
    return;
  json result{{"verdict", to_string(outcome.verdict)},
              {"problem", to_string(outcome.problem)}};
  if (outcome.position.offset > 0) {
    result["offset"] = outcome.position.offset;
    result["epoch"] = outcome.position.epoch;
  }
  found.mapped()(std::move(result));
}

void node_queries::run(const kick_command& command, then end) {
  const client_ending what{command.connection, 1,
                           close_reason::force_disconnect};
  ask_each<clients_ended>(
    about_.commands, [&](std::size_t) { return what; }, std::move(end));
}

void node_queries::run(const drain_command& command, then end) {
  const auto answer = gathering<json>::start(
    error_of("the drain did not answer in time"), std::move(end));
  answer->ask<drain_report>(self_, about_.drain, survey_patience, command,
                            [](json& to, const drain_report& one) {
                              to = {{"drain", to_json(one)}};
                            });
  answer->finish();
}

void node_queries::run(const log_level_command& command, then end) {
  if (!log::set_level(command.level))
    return end(error_of("no such level"));
  end({{"level", command.level}});
}

} // namespace rookery
