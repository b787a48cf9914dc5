#include "cluster/control/cluster_control.hpp"

#include "actors/text/channel_name.hpp"
#include "cluster/shared/gathering.hpp"
#include "configs/log.hpp"

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace rookery {

namespace {

/// The accuracy of the deadlines of queries.
constexpr std::chrono::milliseconds tick_interval{250};

control_seal::time_point wall_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
    std::chrono::system_clock::now());
}

} // namespace

cluster_control::cluster_control(
  caf::actor_config& config, control_options options, actor_ref<bus_actor> bus,
  std::vector<actor_ref<loop_commands_actor>> commands, admin_actor admin)
  : pinned_actor{config},
    options_{std::move(options)},
    started_{clock().now()},
    bus_{std::move(bus)},
    commands_{std::move(commands)},
    admin_{std::move(admin)},
    seal_{options_.key, options_.scope} {}

cluster_control::behavior_type cluster_control::make_behavior() {
  return {
    [this](const delivery& what) { receive(what); },
    [this](confirm_atom) { say_hello(); },
    [this](const gapped&) { say_hello(); },
    [this](const publish_outcome& result) { end_publish(result); },
    [this](const cluster_query& query) { ask(query); },
    [this](tick_atom) { tick(); },
    [this](const membership_query&) { return report(); },
    [this](inspect_atom) { return inspect(); },
    [this](beat_atom) { beat(); },
  };
}

void cluster_control::answer_here(const query_ptr& query, then end) {
  const auto* for_admin = std::get_if<admin_query>(&*query);
  if (!for_admin)
    return ask_loops(query, std::move(end));
  this->request(admin_, answer_timeout, *for_admin)
    .then([end](const admin_reply& reply) { end(control_result{reply}); },
          [](const caf::error&) {
            // This node counts as silent.
          });
}

void cluster_control::ask_loops(const query_ptr& query, then end) {
  using sum = std::optional<control_result>;
  const auto all = gathering<sum>::start(std::nullopt, [end](sum found) {
    if (found)
      end(std::move(*found));
  });
  for (const auto& each : commands_)
    all->ask<loop_part>(*this, each, caf::infinite, loop_query{query},
                        [](sum& to, const loop_part& part) {
                          auto result = part.result;
                          if (to)
                            merge(*to, std::move(result));
                          else
                            to = std::move(result);
                        });
  all->finish();
}

void cluster_control::ask(const cluster_query& query) {
  ++asked_;
  const auto sender = current_sender();
  if (queries_.size() >= max_queries) {
    cluster_answer refused{query.ticket, publish_problem::overloaded, {}, {}};
    caf::anon_send(caf::actor_cast<caf::actor>(sender), std::move(refused));
    return;
  }
  const auto id = ++last_id_;
  auto& made = queries_[id];
  made.sender = sender;
  made.answer.ticket = query.ticket;
  made.deadline = clock().now() + answer_timeout;
  std::vector<std::string> others;
  const auto is_mine = is_put_to(options_.self.id, *query.what);
  if (is_mine)
    made.waiting.emplace(options_.self.id, options_.self);
  for (auto& each : others_.all())
    if (is_put_to(each.id, *query.what))
      others.push_back(made.waiting.emplace(each.id, each).first->first);
  if (made.waiting.empty())
    return finish(queries_.find(id));
  if (!others.empty())
    say(remote_query{id, *query.what, std::move(others)}, id);
  if (is_mine)
    answer_here(query.what, [this, id](control_result result) {
      take(id, {options_.self, uptime(), std::move(result)});
    });
  plan_tick();
}

bool cluster_control::is_put_to(const std::string& id,
                                const control_query& query) const {
  const auto* for_admin = std::get_if<admin_query>(&query);
  return !for_admin
         || ((id == options_.self.id || options_.is_shared)
             && (for_admin->node.empty() || for_admin->node == id));
}

void cluster_control::plan_tick() {
  if (!std::exchange(tick_planned_, true))
    delayed_send(this, tick_interval, tick_atom_v);
}

void cluster_control::take(std::uint64_t id, node_answer answer) {
  const auto found = queries_.find(id);
  if (found == queries_.end())
    return;
  auto& to = found->second;
  to.waiting.erase(answer.node.id);
  to.answer.nodes.push_back(std::move(answer));
  if (to.waiting.empty())
    finish(found);
}

void cluster_control::finish(
  std::map<std::uint64_t, pending_query>::iterator which) {
  auto done = std::move(which->second);
  queries_.erase(which);
  for (auto& [id, node] : done.waiting)
    done.answer.silent.push_back(std::move(node));
  silences_ += done.answer.silent.size();
  done.answer.strangers = others_.strangers(clock().now());
  caf::anon_send(caf::actor_cast<caf::actor>(done.sender),
                 std::move(done.answer));
}

void cluster_control::end_publish(const publish_outcome& result) {
  if (result.verdict == publish_verdict::accepted)
    return;
  is_unheard_ = true;
  plan_tick();
  const auto found = queries_.find(result.ticket);
  if (found == queries_.end())
    return;
  auto& failed = found->second;
  failed.answer.problem = result.problem;
  if (result.verdict == publish_verdict::unknown)
    return; // the other nodes may still answer
  const auto waits = failed.waiting.contains(options_.self.id);
  for (auto each = failed.waiting.begin(); each != failed.waiting.end();) {
    if (each->first == options_.self.id) {
      ++each;
      continue;
    }
    failed.answer.silent.push_back(std::move(each->second));
    each = failed.waiting.erase(each);
  }
  if (!waits)
    finish(found);
}

void cluster_control::receive(const delivery& what) {
  if (!has_others())
    return;
  const auto [text, problem] = seal_.open(what.what->data(), wall_time());
  const auto message = decode_control(text);
  if (!message || message->from.id == options_.self.id)
    return;
  if (problem != seal_problem::none)
    return notice_stranger(message->from, problem);
  if (!std::holds_alternative<control_bye>(message->body))
    notice(message->from);
  std::visit([&](const auto& body) { handle(message->from, body); },
             message->body);
}

void cluster_control::notice(const node_identity& node) {
  if (!others_.heard(node, clock().now()))
    return;
  log::info("node joined", "node", node.name, "id", node.id);
  say_hello();
}

/// Reports a node whose messages cannot be accepted: it must not pass for
/// absent. Its messages have no other effect.
void cluster_control::notice_stranger(const node_identity& node,
                                      seal_problem problem) {
  if (problem != seal_problem::signature && problem != seal_problem::clock)
    return;
  const auto reason = reason_of(problem);
  if (others_.heard_stranger({node, reason}, clock().now()))
    log::warn("node not understood", "node", node.name, "id", node.id, "reason",
              reason);
}

/// Reports a node of another version, whose queries stay unanswered.
void cluster_control::handle(const node_identity& from,
                             const control_unknown&) {
  if (others_.misunderstood(from.id))
    log::warn("node not understood", "node", from.name, "id", from.id,
              "version", from.version, "reason",
              "its version sends messages that this one does not know");
}

void cluster_control::handle(const node_identity& from, const control_bye&) {
  others_.left(from.id, clock().now());
  log::info("node left", "node", from.name, "id", from.id);
}

void cluster_control::handle(const node_identity& from,
                             const remote_query& query) {
  if (std::ranges::find(query.to, options_.self.id) == query.to.end())
    return;
  const auto* for_admin = std::get_if<admin_query>(&query.what);
  if (for_admin
      && (!options_.is_shared || !is_put_to(options_.self.id, query.what)))
    return;
  ++answered_;
  answer_here(std::make_shared<const control_query>(query.what),
              [this, to = from.id, id = query.id](control_result result) {
                say(remote_reply{to, id, uptime(), std::move(result)});
              });
}

void cluster_control::handle(const node_identity& from,
                             const remote_reply& reply) {
  if (reply.to == options_.self.id)
    take(reply.id, {from, reply.uptime, reply.result});
}

template <class Body>
void cluster_control::say(Body body, std::uint64_t ticket) {
  const control_message message{options_.self, std::move(body)};
  publish_command command;
  command.what = publication::make(
    control_channel, seal_.seal(encode_control(message), wall_time()),
    payload_kind::text);
  command.ticket = ticket;
  tell(caf::strong_actor_ptr{ctrl()}, bus_, std::move(command));
}

std::chrono::seconds cluster_control::uptime() const {
  return std::chrono::duration_cast<std::chrono::seconds>(clock().now()
                                                          - started_);
}

membership_report cluster_control::report() {
  return {options_.self, options_.is_shared && has_others(), others_.all(),
          others_.departed(clock().now()), others_.strangers(clock().now())};
}

void cluster_control::say_hello() {
  say(control_hello{});
}

void cluster_control::beat() {
  if (!has_others())
    return;
  if (!std::exchange(is_heard_, true))
    tell({}, bus_,
         want{std::string{control_channel}, home() ? home()->index() : 0, 1,
              actor_ref<control_actor>{control_actor{this}, *this}});
  for (const auto& gone : others_.expire(clock().now()))
    log::warn("node is silent", "node", gone.name, "id", gone.id);
  say_hello();
  delayed_send(this, membership::beat, beat_atom_v);
}

void cluster_control::tick() {
  tick_planned_ = false;
  const auto now = clock().now();
  for (auto each = queries_.begin(); each != queries_.end();) {
    const auto current = each++;
    if (current->second.deadline <= now)
      finish(current);
  }
  if (std::exchange(is_unheard_, false))
    say_hello();
  if (!queries_.empty())
    plan_tick();
}

void cluster_control::describe(snapshot& out) const {
  pinned_actor::describe(out);
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("node", options_.self.id);
  out.add("name", options_.self.name);
  out.add("other_nodes", number(others_.size()));
  out.add("requests", number(queries_.size()));
  out.add("asked", number(asked_));
  out.add("answered", number(answered_));
  out.add("silences", number(silences_));
  out.add("refused_messages", number(seal_.refused()));
  out.add(
    "strangers",
    number(others_.strangers(const_cast<cluster_control*>(this)->clock().now())
             .size()));
}

void cluster_control::on_exit() {
  if (is_heard_)
    say(control_bye{});
  queries_.clear();
  commands_.clear();
  admin_ = nullptr;
  // The bus keeps a reference to this actor: break the cycle.
  bus_ = {};
  pinned_actor::on_exit();
}

} // namespace rookery
