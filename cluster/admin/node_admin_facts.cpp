#include "cluster/admin/node_admin.hpp"
#include "configs/version.hpp"

#include <memory>
#include <utility>

// What the node is and has counted.
namespace rookery {

namespace {

/// Facts on their way from those who know them.
struct pending_facts {
  node_facts facts;
  std::size_t missing;
  std::function<void(node_facts)> end;

  void arrived() {
    if (--missing == 0)
      end(std::move(facts));
  }
};

} // namespace

void node_admin::collect(std::function<void(node_facts)> end) {
  const auto& loops = about_.loops;
  const auto& desks = about_.desks;
  const auto& buses = about_.buses.all();
  const auto all = std::make_shared<pending_facts>(pending_facts{
    {}, loops.size() + desks.size() + 2 * buses.size() + 1, std::move(end)});
  auto& metrics = all->facts.metrics;
  all->facts.has_redis = about_.has_redis;
  metrics.version = version();
  metrics.is_ready = about_.health.is_ready() && !about_.gate.is_closed();
  metrics.process = read_process_facts();
  metrics.loops.resize(loops.size());
  metrics.buses.resize(buses.size());
  const auto lost = [all](const caf::error&) { all->arrived(); };
  for (std::size_t i = 0; i < loops.size(); ++i)
    this->request(loops[i].handle(), patience, meters_atom_v)
      .then(
        [all, i](const loop_meters& one) {
          all->facts.metrics.loops[i] = one;
          all->arrived();
        },
        lost);
  const auto info = std::make_shared<const control_body>(info_question{});
  for (const auto& each : desks)
    this->request(each.handle(), patience, loop_question{info})
      .then(
        [all](const loop_part& one) {
          const auto& counts = std::get<node_counts>(one.result);
          all->facts.metrics.users += counts.users;
          all->facts.metrics.channels += counts.channels;
          all->facts.metrics.subscriptions += counts.subscriptions;
          all->arrived();
        },
        lost);
  for (std::size_t i = 0; i < buses.size(); ++i) {
    this->request(buses[i].handle(), patience, inspect_atom_v)
      .then(
        [all, i](const snapshot& one) {
          all->facts.metrics.buses[i].facts = one;
          all->arrived();
        },
        lost);
    this->request(buses[i].handle(), patience, meters_atom_v)
      .then(
        [all, i](const bus_meters& one) {
          all->facts.metrics.buses[i].meters = one;
          all->arrived();
        },
        lost);
  }
  this->request(about_.drain.handle(), patience, drain_command{})
    .then(
      [all](const drain_report& one) {
        all->facts.drain = one;
        all->arrived();
      },
      lost);
}

caf::result<node_facts> node_admin::tell_facts() {
  auto promise = make_response_promise<node_facts>();
  collect(
    [promise](node_facts facts) mutable { promise.deliver(std::move(facts)); });
  return promise;
}

} // namespace rookery
