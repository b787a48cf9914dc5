#include "cluster/bridge/redis_drift.hpp"

#include "cluster/redis/redis_command.hpp"
#include "cluster/redis/redis_reply.hpp"

#include <caf/error.hpp>
#include <caf/sec.hpp>

#include <utility>

namespace rookery {

namespace {

/// A command that asks for the number of subscribers of each name.
struct subscriber_counts {
  const std::vector<std::string>& names;
};

void append_command(std::string& out, const redis_keys&,
                    const subscriber_counts& what) {
  std::vector<std::string_view> arguments{"PUBSUB", "NUMSUB"};
  arguments.insert(arguments.end(), what.names.begin(), what.names.end());
  append_redis_command(out, arguments);
}

} // namespace

void redis_drift::check(const drift_query& what, promise answer) {
  if (checks_.size() >= most_checks) {
    answer.deliver(caf::make_error(caf::sec::runtime_error, "too many checks"));
    return;
  }
  checks_.push_back({what, std::move(answer), {}, 0, {}});
  if (checks_.size() == 1)
    begin_step();
}

void redis_drift::begin_step() {
  auto& check = checks_.front();
  check.names.clear();
  check.cursor = link_.confirmed_names(check.cursor, step, check.names);
  if (check.names.empty())
    return finish();
  requests_.ask(subscriber_counts{check.names},
                [this](const redis_reply* reply, publish_problem problem) {
                  end_step(reply, problem);
                });
}

void redis_drift::end_step(const redis_reply* reply, publish_problem problem) {
  if (checks_.empty())
    return;
  if (!reply || !reply->is_list_of(2 * checks_.front().names.size())) {
    auto failed = std::move(checks_.front());
    checks_.pop_front();
    failed.answer.deliver(caf::make_error(
      caf::sec::runtime_error,
      std::string{reply ? "no such reply" : to_string(problem)}));
    if (!checks_.empty())
      begin_step();
    return;
  }
  judge(*reply);
  if (checks_.front().cursor == 0)
    finish();
  else
    begin_step();
}

void redis_drift::judge(const redis_reply& reply) {
  auto& check = checks_.front();
  for (std::size_t i = 0; i < check.names.size(); ++i) {
    ++check.report.checked;
    // A name that is not confirmed any more was unsubscribed meanwhile.
    if (reply.number(2 * i + 2) == 0 && link_.is_confirmed(check.names[i]))
      note_missing(check.names[i]);
  }
}

void redis_drift::note_missing(const std::string& name) {
  auto& check = checks_.front();
  auto& report = check.report;
  ++report.missing_total;
  if (report.missing.size() < drift_report::max_named) {
    const auto channel = names_.channel_of(name);
    report.missing.emplace_back(channel ? *channel : std::string_view{name});
  }
  if (!check.what.renews)
    return;
  ++report.renewed;
  renew_(name);
}

void redis_drift::finish() {
  auto done = std::move(checks_.front());
  checks_.pop_front();
  done.answer.deliver(std::move(done.report));
  if (!checks_.empty())
    begin_step();
}

} // namespace rookery
