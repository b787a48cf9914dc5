#include "cluster/admin/node_survey.hpp"

#include "cluster/admin/process_facts.hpp"
#include "cluster/shared/gathering.hpp"
#include "configs/version.hpp"

#include <cstddef>
#include <utility>

namespace rookery {

void survey_node(caf::scheduled_actor& self, const admin_subjects& about,
                 std::function<void(node_facts)> end) {
  const auto& loops = about.loops;
  const auto& buses = about.buses.all();
  node_facts begun;
  begun.version = version();
  begun.is_ready = about.health.is_ready() && !about.gate.is_closed();
  begun.has_redis = about.has_redis;
  begun.process = read_process_facts();
  begun.loops.resize(loops.size());
  begun.buses.resize(buses.size());
  const auto all =
    gathering<node_facts>::start(std::move(begun), std::move(end));
  for (std::size_t i = 0; i < loops.size(); ++i)
    all->ask<loop_meters>(
      self, loops[i], survey_patience, meters_atom_v,
      [i](node_facts& to, const loop_meters& one) { to.loops[i] = one; });
  for (std::size_t i = 0; i < buses.size(); ++i)
    all->ask<bus_meters>(
      self, buses[i], survey_patience, meters_atom_v,
      [i](node_facts& to, const bus_meters& one) { to.buses[i] = one; });
  all->ask<drain_report>(
    self, about.drain, survey_patience, drain_command{},
    [](node_facts& to, const drain_report& one) { to.drain = one; });
  all->finish();
}

} // namespace rookery
