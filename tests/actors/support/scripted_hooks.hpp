#pragma once

#include "actors/backend_hooks.hpp"

#include <deque>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace rookery::test {

/// Hooks that record their questions and answer when the test says so.
class scripted_hooks final : public backend_hooks {
public:
  bool has(hook_kind kind) const noexcept override {
    return kinds.contains(kind);
  }

  bool ask(const connect_question& question,
           receiver<connect_grant> done) override {
    std::string channels;
    for (const auto each : question.channels)
      channels += "+" + std::string{each};
    return note("connect", question.who,
                {question.name, question.version, question.data, channels},
                done, connects);
  }

  bool ask(const refresh_question& question,
           receiver<refresh_grant> done) override {
    return note("refresh", question.who, {}, done, refreshes);
  }

  bool ask(const subscribe_question& question,
           receiver<subscribe_grant> done) override {
    return note("subscribe", question.who, {question.channel, question.data},
                done, subscribes);
  }

  bool ask(const publish_question& question,
           receiver<publish_grant> done) override {
    return note("publish", question.who, {question.channel, question.data},
                done, publishes);
  }

  bool ask(const rpc_question& question, receiver<rpc_grant> done) override {
    return note("rpc", question.who, {question.method, question.data}, done,
                rpcs);
  }

  /// Answers the oldest question of that kind.
  template <class Grant, class Answer>
  static void answer(std::deque<receiver<Grant>>& waiting, Answer with) {
    const auto done = std::move(waiting.front());
    waiting.pop_front();
    done(hook_answer<Grant>{std::move(with)});
  }

  std::vector<std::string> take_questions() {
    return std::exchange(questions, {});
  }

  std::set<hook_kind> kinds{hook_kind::connect, hook_kind::refresh,
                            hook_kind::subscribe, hook_kind::publish,
                            hook_kind::rpc};
  bool is_overloaded = false;
  /// The question as "kind user meta fields|parameters".
  std::vector<std::string> questions;
  std::vector<std::string> clients;
  std::deque<receiver<connect_grant>> connects;
  std::deque<receiver<refresh_grant>> refreshes;
  std::deque<receiver<subscribe_grant>> subscribes;
  std::deque<receiver<publish_grant>> publishes;
  std::deque<receiver<rpc_grant>> rpcs;

private:
  template <class Grant>
  bool note(std::string text, const hook_subject& who,
            const std::vector<std::string_view>& parameters,
            const receiver<Grant>& done, std::deque<receiver<Grant>>& waiting) {
    if (is_overloaded)
      return false;
    text.append(" ").append(who.user).append(" ").append(who.meta).append(" ");
    for (const auto& each : who.fields)
      text += each.name + "=" + each.value;
    for (const auto each : parameters)
      text.append("|").append(each);
    questions.push_back(std::move(text));
    clients.emplace_back(who.client);
    waiting.push_back(done);
    return true;
  }
};

} // namespace rookery::test
