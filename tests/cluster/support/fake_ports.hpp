#pragma once

#include "cluster/bridge/redis_bridge.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rookery::test {

/// The calls to the two fake links of a bridge. Tests play Redis: they set
/// states and raise events.
struct fake_redis {
  subscribe_events* subscribe_side = nullptr;
  publish_events* publish_side = nullptr;
  link_state subscribe_state = link_state::connecting;
  link_state publish_state = link_state::connecting;
  std::set<std::string> wanted;
  std::vector<std::pair<std::string, std::string>> published;
  std::vector<std::string> calls;
  std::deque<answer_handler> unanswered;
  std::optional<publish_problem> refuse_with;
  std::string script_refusal;
  std::string run;
  redis_errors errors{"fake"};
  std::vector<std::string> dropped_for;
  std::vector<std::string> renewed;
  int stopped = 0;

  /// Returns the factory of the fake links; this object must outlive the
  /// bridge.
  redis_ports_factory connect();

  void bring_up() {
    subscribe_state = publish_state = link_state::up;
    subscribe_side->subscribe_link_up();
  }

  void drop_subscribe_link() {
    subscribe_state = link_state::waiting;
    subscribe_side->subscribe_link_down();
  }

  /// Answers the oldest publish or call without an answer.
  void answer(publish_verdict verdict = publish_verdict::accepted,
              publish_problem problem = publish_problem::none) {
    answer({verdict, problem});
  }

  void answer(const redis_answer& how) {
    auto then = std::move(unanswered.front());
    unanswered.pop_front();
    publish_side->answered(then, how);
  }

  /// Answers the last publish and sends it back to its subscriber.
  void echo() {
    answer();
    const auto [name, payload] = published.back();
    subscribe_side->received(name, payload);
  }
};

class fake_subscribe_port final : public subscribe_port {
public:
  explicit fake_subscribe_port(fake_redis& redis) : redis_{redis} {}

  void start() override {}

  void stop() override { ++redis_.stopped; }

  void drop(std::string_view reason) override {
    redis_.dropped_for.emplace_back(reason);
    redis_.drop_subscribe_link();
  }

  link_state state() const noexcept override { return redis_.subscribe_state; }

  std::uint64_t failures() const noexcept override { return 0; }

  std::string_view last_failure() const noexcept override { return {}; }

  const redis_errors& errors() const noexcept override { return redis_.errors; }

  void want(std::string_view name) override { redis_.wanted.emplace(name); }

  void unwant(std::string_view name) override {
    redis_.wanted.erase(std::string{name});
  }

  void renew(std::string_view name) override {
    redis_.renewed.emplace_back(name);
  }

  bool is_confirmed(std::string_view name) const override {
    return redis_.wanted.contains(std::string{name});
  }

  // Sends one command at a time, whatever `most` is.
  std::size_t confirmed_names(std::size_t from, std::size_t,
                              std::vector<std::string>& names) const override {
    auto next = redis_.wanted.begin();
    std::advance(next, std::min(from, redis_.wanted.size()));
    if (next == redis_.wanted.end())
      return 0;
    names.push_back(*next);
    return from + 1 < redis_.wanted.size() ? from + 1 : 0;
  }

  std::size_t wanted() const noexcept override { return redis_.wanted.size(); }

  std::size_t confirmed() const noexcept override { return 0; }

  std::size_t refused() const noexcept override { return 0; }

private:
  fake_redis& redis_;
};

class fake_publish_port final : public publish_port {
public:
  explicit fake_publish_port(fake_redis& redis) : redis_{redis} {}

  void start() override {}

  void stop() override {
    ++redis_.stopped;
    while (!redis_.unanswered.empty())
      redis_.answer(publish_verdict::unknown, publish_problem::link_lost);
  }

  void drop(std::string_view) override {
    redis_.publish_state = link_state::waiting;
    while (!redis_.unanswered.empty())
      redis_.answer(publish_verdict::unknown, publish_problem::link_lost);
    redis_.publish_side->publish_link_down();
  }

  link_state state() const noexcept override { return redis_.publish_state; }

  std::uint64_t failures() const noexcept override { return 0; }

  std::string_view last_failure() const noexcept override { return {}; }

  const redis_errors& errors() const noexcept override { return redis_.errors; }

  std::optional<publish_problem> publish(std::string_view name,
                                         std::string_view payload,
                                         answer_handler& then) override {
    if (redis_.refuse_with)
      return redis_.refuse_with;
    redis_.published.emplace_back(name, payload);
    redis_.unanswered.push_back(std::move(then));
    return std::nullopt;
  }

  std::optional<publish_problem> call(std::string_view command,
                                      answer_handler& then) override {
    if (redis_.refuse_with)
      return redis_.refuse_with;
    redis_.calls.emplace_back(command);
    redis_.unanswered.push_back(std::move(then));
    return std::nullopt;
  }

  std::optional<publish_problem> ask(std::string_view command,
                                     answer_handler& then) override {
    return call(command, then);
  }

  std::string_view script_refusal() const noexcept override {
    return redis_.script_refusal;
  }

  std::string_view run() const noexcept override { return redis_.run; }

  void note(const redis_error& what, std::string_view subject) override {
    redis_.errors.note(what, subject);
  }

  std::size_t unanswered() const noexcept override {
    return redis_.unanswered.size();
  }

  std::size_t unanswered_bytes() const noexcept override { return 0; }

private:
  fake_redis& redis_;
};

inline redis_ports_factory fake_redis::connect() {
  return [this](subscribe_events& subscribe, publish_events& publish) {
    subscribe_side = &subscribe;
    publish_side = &publish;
    return redis_ports{std::make_shared<fake_subscribe_port>(*this),
                       std::make_shared<fake_publish_port>(*this)};
  };
}

} // namespace rookery::test
