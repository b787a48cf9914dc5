#include "cluster/admin/node_admin.hpp"

#include "cluster/shared/gathering.hpp"

#include <caf/typed_response_promise.hpp>

#include <array>
#include <exception>
#include <string_view>

namespace rookery {

namespace {

using json = admin_json;

json error_of(std::string_view what) {
  return {{"error", what}};
}

} // namespace

node_admin::node_admin(caf::actor_config& config, admin_subjects about)
  : node_admin_actor::base{config},
    about_{std::move(about)},
    bus_{about_.buses, about_.names} {}

node_admin::behavior_type node_admin::make_behavior() {
  return {
    [this](inspect_atom) { return inspect_self(); },
    [this](const admin_question& question) { return answer(question); },
    [this](meters_atom) { return tell_facts(); },
    [this](const history_answer& answer) { end_position(answer); },
    [this](const publish_outcome& outcome) { end_publish(outcome); },
  };
}

void node_admin::on_exit() {
  waiting_.clear();
  about_.loops.clear();
  about_.desks.clear();
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

caf::result<admin_reply> node_admin::answer(const admin_question& question) {
  ++handled_;
  const auto asks = json::parse(question.text, nullptr, false);
  if (!asks.is_array())
    return admin_reply{text_of(json::array({error_of("no question")}))};
  auto promise = make_response_promise<admin_reply>();
  const auto all = gathering<json>::start(
    asks.size(), [promise](std::vector<json> answers) mutable {
      promise.deliver(admin_reply{text_of(json(std::move(answers)))});
    });
  for (std::size_t i = 0; i < asks.size(); ++i)
    carry_out(asks[i], [all, i](json one) { all->put(i, std::move(one)); });
  return promise;
}

void node_admin::carry_out(const json& params, const then& end) {
  static constexpr std::array<std::pair<std::string_view, handler>, 12> all{{
    {"node", &node_admin::ask_node},
    {"listing", &node_admin::ask_listing},
    {"actor", &node_admin::ask_actor},
    {"buses", &node_admin::ask_buses},
    {"ledger", &node_admin::ask_ledger},
    {"journal", &node_admin::ask_journal},
    {"position", &node_admin::ask_position},
    {"options", &node_admin::ask_options},
    {"end", &node_admin::do_end},
    {"publish", &node_admin::do_publish},
    {"drain", &node_admin::do_drain},
    {"log_level", &node_admin::do_log_level},
  }};
  try {
    const std::string what = params.at("ask");
    for (const auto& [name, handle] : all)
      if (name == what)
        return (this->*handle)(params, end);
    end(error_of("not known to this version"));
  } catch (const std::exception&) {
    end(error_of("not understood by this version"));
  }
}

} // namespace rookery
