#include "cluster/admin/node_admin.hpp"

#include "cluster/admin/node_survey.hpp"
#include "cluster/shared/gathering.hpp"

#include <caf/typed_response_promise.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace rookery {

node_admin::node_admin(caf::actor_config& config, admin_subjects about)
  : admin_actor::base{config},
    about_{std::move(about)},
    queries_{*this, about_} {}

node_admin::behavior_type node_admin::make_behavior() {
  return {
    [this](const admin_query& query) { return answer(query); },
    [this](meters_atom) { return survey(); },
    [this](const history_answer& answer) { queries_.end(answer); },
    [this](const publish_outcome& outcome) { queries_.end(outcome); },
    [this](inspect_atom) { return inspect_self(); },
  };
}

void node_admin::on_exit() {
  queries_.clear();
  about_.loops.clear();
  about_.commands.clear();
  about_.drain = {};
}

snapshot node_admin::inspect_self() const {
  snapshot result;
  result.kind = "admin";
  result.id = id();
  result.age = std::chrono::duration_cast<std::chrono::seconds>(
    std::chrono::steady_clock::now() - born_);
  result.handled = handled_;
  return result;
}

caf::result<admin_reply> node_admin::answer(const admin_query& query) {
  using answers = std::vector<admin_json>;
  ++handled_;
  auto promise = make_response_promise<admin_reply>();
  const auto& queries = query.queries;
  const auto all = gathering<answers>::start(
    answers(queries.size()), [promise](answers found) mutable {
      promise.deliver(admin_reply{text_of(admin_json(std::move(found)))});
    });
  for (std::size_t i = 0; i < queries.size(); ++i) {
    all->expect();
    queries_.carry_out(queries[i], [all, i](admin_json one) {
      all->put([&](answers& to) { to[i] = std::move(one); });
    });
  }
  all->finish();
  return promise;
}

caf::result<node_facts> node_admin::survey() {
  auto promise = make_response_promise<node_facts>();
  survey_node(*this, about_, [promise](node_facts facts) mutable {
    promise.deliver(std::move(facts));
  });
  return promise;
}

} // namespace rookery
