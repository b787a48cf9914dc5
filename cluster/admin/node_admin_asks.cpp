#include "cluster/admin/meters_sum.hpp"
#include "cluster/admin/node_admin.hpp"
#include "cluster/shared/gathering.hpp"
#include "configs/log.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

// What a node's admin answers, one function for each thing that is asked.
namespace rookery {

namespace {

using json = admin_json;

json fact_of(const snapshot& actor, std::string_view name) {
  const auto found = std::ranges::find(actor.facts, name, &fact::name);
  if (found == actor.facts.end())
    return nullptr;
  return std::visit([](const auto& value) { return json(value); },
                    found->value);
}

json show_facts(const node_facts& facts) {
  const auto& metrics = facts.metrics;
  const auto sum = sum_of(metrics.loops);
  const auto& protocols = sum.actors.connections;
  std::uint64_t loop_actors = 0;
  for (const auto& [kind, meters] : sum.kinds)
    loop_actors += meters.actors;
  const snapshot none;
  const auto& bus = metrics.buses.empty() ? none : metrics.buses.front().facts;
  return {
    {"bus", facts.has_redis ? "redis" : "in-process"},
    {"ready", metrics.is_ready},
    {"log_level", to_string(log::threshold.load())},
    {"loops", metrics.loops.size()},
    {"drain", to_json(facts.drain)},
    {"connections",
     {{"plain", protocols[0]},
      {"sse", protocols[1]},
      {"centrifuge", protocols[2]}}},
    {"clients", protocols[0] + protocols[1] + protocols[2]},
    {"users", metrics.users},
    {"channels", metrics.channels},
    {"subscriptions", metrics.subscriptions},
    {"actors", loop_actors},
    {"memory_bytes", metrics.process.resident_bytes},
    {"queued_bytes", sum.queued_bytes},
    {"publications", sum.actors.publications},
    {"deliveries", sum.actors.deliveries},
    {"bytes_sent", sum.sockets.bytes_sent},
    {"slow_closes", sum.sockets.slow_closes},
    {"gaps",
     {{"found", sum.streams.gaps_found},
      {"filled", sum.streams.gaps_filled},
      {"unfillable", sum.streams.gaps_unfillable}}},
    {"probe_round_trip_us", fact_of(bus, "probe_round_trip_us")},
    {"probe_misses", fact_of(bus, "probe_misses")},
  };
}

drain_command read_drain(const json& params) {
  using verb = drain_command::verb;
  const std::string what = params.at("do");
  drain_command result;
  result.rate = params.value("rate", 0U);
  if (what == "start")
    result.what = verb::start;
  else if (what == "pause")
    result.what = verb::pause;
  else if (what == "resume")
    result.what = verb::resume;
  else if (what == "cancel")
    result.what = verb::cancel;
  else if (what != "look")
    throw std::invalid_argument{"no such verb"};
  return result;
}

} // namespace

template <class Answer, class Refs, class Ask>
void node_admin::ask_each(const Refs& actors, Ask ask, then end) {
  const auto all = gathering<json>::start(
    actors.size(), [end = std::move(end)](std::vector<json> parts) {
      end({{"parts", std::move(parts)}});
    });
  for (std::size_t i = 0; i < actors.size(); ++i)
    this->request(actors[i].handle(), patience, ask(i))
      .then([all, i](const Answer& one) { all->put(i, to_json(one)); },
            [all, i](const caf::error&) {
              all->put(i, {{"error", "loop " + std::to_string(i)
                                       + " did not answer in time"}});
            });
}

void node_admin::ask_node(const json&, then end) {
  collect([end](const node_facts& facts) { end(show_facts(facts)); });
}

void node_admin::ask_listing(const json& params, then end) {
  const auto query = read_listing_query(params.at("query"));
  ask_each<listing>(
    about_.loops, [&](std::size_t) { return query; }, std::move(end));
}

void node_admin::ask_actor(const json& params, then end) {
  const std::uint64_t wanted = params.at("id");
  if (wanted == id())
    return end({{"rows", json::array({to_json(inspect_self())})}});
  const auto all = gathering<json>::start(
    about_.loops.size(), [end = std::move(end)](std::vector<json> found) {
      std::erase(found, json());
      end({{"rows", std::move(found)}});
    });
  for (std::size_t i = 0; i < about_.loops.size(); ++i)
    this->request(about_.loops[i].handle(), patience, inspect_atom_v, wanted)
      .then([all, i](const snapshot& one) { all->put(i, to_json(one)); },
            [all, i](const caf::error&) { all->put(i, json()); });
}

void node_admin::ask_buses(const json& params, then end) {
  const auto asks_drift = params.value("drift", false);
  const drift_query question{params.value("renew", false)};
  ask_each<snapshot>(
    about_.buses.all(), [](std::size_t) { return inspect_atom_v; },
    [this, asks_drift, question, end](json rows) {
      if (!asks_drift && !question.renews)
        return end(std::move(rows));
      ask_each<drift_report>(
        about_.buses.all(), [question](std::size_t) { return question; },
        [rows = std::move(rows), end](const json& drifts) mutable {
          auto& parts = rows["parts"];
          for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i]["drift"] = drifts.at("parts").at(i);
          end(std::move(rows));
        });
    });
}

void node_admin::ask_ledger(const json& params, then end) {
  const std::string channel = params.at("channel");
  const ledger_query query{channel, params.value("members", 0U),
                           params.value("connection", std::uint64_t{0})};
  const auto both =
    gathering<json>::start(2, [end = std::move(end)](std::vector<json> halves) {
      end({{"bus", halves[0].at("parts")}, {"loops", halves[1].at("parts")}});
    });
  const std::vector<actor_ref<bus_actor>> owner{about_.buses.owner_of(channel)};
  ask_each<bus_ledger_page>(
    owner, [&](std::size_t) { return bus_ledger_query{channel}; },
    [both](json half) { both->put(0, std::move(half)); });
  ask_each<ledger_page>(
    about_.loops, [&](std::size_t) { return query; },
    [both](json half) { both->put(1, std::move(half)); });
}

void node_admin::ask_journal(const json& params, then end) {
  journal_query query;
  query.what = params.value("what", "");
  query.connection = params.value("connection", std::uint64_t{0});
  query.user = params.value("user", "");
  query.channel = params.value("channel", "");
  query.limit = params.value("limit", 100U);
  // Who names what it knows and nothing of us wants what comes from now on.
  const auto known = params.value("known", json());
  const auto mine = known.is_object() ? known.find(about_.id) : known.end();
  std::vector<std::uint64_t> after;
  if (known.is_object() && mine == known.end())
    query.limit = 0;
  else if (known.is_object())
    after = mine->get<std::vector<std::uint64_t>>();
  ask_each<journal_page>(
    about_.loops,
    [&](std::size_t i) {
      auto mine = query;
      mine.after = i < after.size() ? after[i] : 0;
      return mine;
    },
    std::move(end));
}

void node_admin::ask_options(const json& params, then end) {
  const std::string channel = params.at("channel");
  const auto& options = about_.names.of(channel);
  end({{"history_size", options.history.size},
       {"history_ttl_seconds",
        std::chrono::duration_cast<std::chrono::seconds>(options.history.ttl)
          .count()},
       {"presence", options.presence},
       {"join_leave", options.join_leave},
       {"force_recovery", options.force_recovery},
       {"allow_subscribe", options.allow_subscribe},
       {"allow_publish", options.allow_publish},
       {"allow_presence", options.allow_presence},
       {"allow_history", options.allow_history},
       {"allow_anonymous", options.allow_anonymous},
       {"hook_subscribe", options.hook_subscribe},
       {"hook_publish", options.hook_publish}});
}

void node_admin::ask_position(const json& params, then end) {
  const std::string channel = params.at("channel");
  if (!about_.names.of(channel).history.keeps())
    return end(nullptr);
  history_query query;
  query.channel = channel;
  query.ticket = wait(std::move(end));
  bus_.read(caf::strong_actor_ptr{ctrl()}, std::move(query));
}

void node_admin::end_position(const history_answer& answer) {
  const auto found = waiting_.extract(answer.ticket);
  if (!found)
    return;
  if (!answer.page)
    return found.mapped()({{"error", to_string(answer.problem)}});
  found.mapped()(
    {{"epoch", answer.page->top.epoch}, {"offset", answer.page->top.offset}});
}

std::uint64_t node_admin::wait(then end) {
  waiting_.emplace(++ticket_, std::move(end));
  return ticket_;
}

void node_admin::do_publish(const json& params, then end) {
  const std::string channel = params.at("channel");
  const std::string text = params.at("text");
  const auto ticket = wait(std::move(end));
  const auto refused =
    bus_.publish(caf::strong_actor_ptr{ctrl()},
                 publication::make(channel, text, payload_kind::text), ticket,
                 acknowledge::always);
  if (refused)
    end_publish(*refused);
}

void node_admin::end_publish(const publish_outcome& outcome) {
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

void node_admin::do_end(const json& params, then end) {
  const client_ending what{params.at("connection"), 1,
                           close_reason::force_disconnect};
  ask_each<clients_ended>(
    about_.desks, [&](std::size_t) { return what; }, std::move(end));
}

void node_admin::do_drain(const json& params, then end) {
  const auto command = read_drain(params);
  this->request(about_.drain.handle(), patience, command)
    .then(
      [end](const drain_report& one) {
        end({{"drain", to_json(one)}});
      },
      [end](const caf::error&) {
        end({{"error", "the drain did not answer in time"}});
      });
}

void node_admin::do_log_level(const json& params, then end) {
  const std::string level = params.at("level");
  if (!log::set_level(level))
    return end({{"error", "no such level"}});
  end({{"level", level}});
}

} // namespace rookery
