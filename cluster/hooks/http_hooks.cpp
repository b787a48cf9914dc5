#include "cluster/hooks/http_hooks.hpp"

#include "actors/centrifuge/centrifuge_codes.hpp"
#include "cluster/hooks/hook_answer.hpp"
#include "cluster/hooks/hook_request.hpp"
#include "configs/log.hpp"

#include <utility>

namespace rookery {

namespace {

hook_error no_answer() {
  const auto [code, message, temporary] = error_of(centrifuge_fault::internal);
  return {code, std::string{message}, temporary};
}

} // namespace

http_hooks::http_hooks(const backends& all, unsigned loop) : loop_{loop} {
  for (std::size_t i = 0; i < hook_count; ++i)
    hooks_[i].where = all[i];
}

bool http_hooks::has(hook_kind kind) const noexcept {
  return hooks_[static_cast<std::size_t>(kind)].where != nullptr;
}

bool http_hooks::ask(const connect_question& question,
                     receiver<connect_grant> done) {
  return post<>(hook_kind::connect, question, std::move(done),
                &read_connect_answer);
}

bool http_hooks::ask(const refresh_question& question,
                     receiver<refresh_grant> done) {
  return post<>(hook_kind::refresh, question, std::move(done),
                &read_refresh_answer);
}

bool http_hooks::ask(const subscribe_question& question,
                     receiver<subscribe_grant> done) {
  return post<>(hook_kind::subscribe, question, std::move(done),
                &read_subscribe_answer);
}

bool http_hooks::ask(const publish_question& question,
                     receiver<publish_grant> done) {
  return post<>(hook_kind::publish, question, std::move(done),
                &read_publish_answer);
}

bool http_hooks::ask(const rpc_question& question, receiver<rpc_grant> done) {
  return post<>(hook_kind::rpc, question, std::move(done), &read_rpc_answer);
}

template <class Question, class Grant, class Read>
bool http_hooks::post(hook_kind kind, const Question& question,
                      receiver<Grant> done, Read read) {
  const auto is_sent = at(kind).where->ask(
    to_json(question), question.who.fields,
    [this, kind, read, done = std::move(done)](const backend_result& result) {
      done(judge<Grant>(kind, result, read));
    });
  if (!is_sent)
    note_failure(kind, "overloaded");
  return is_sent;
}

template <class Grant, class Read>
hook_answer<Grant>
http_hooks::judge(hook_kind kind, const backend_result& result, Read read) {
  constexpr unsigned good_status = 200;
  if (const auto* failure = std::get_if<backend_failure>(&result)) {
    if (*failure != backend_failure::stopped)
      note_failure(kind, to_string(*failure));
    return no_answer();
  }
  const auto& answer = std::get<backend_answer>(result);
  if (answer.status != good_status) {
    note_failure(kind, "status_" + std::to_string(answer.status));
    return no_answer();
  }
  hook_reading<Grant> reading = read(answer.body);
  if (const auto* bad = std::get_if<bad_hook_answer>(&reading)) {
    note_failure(kind, "malformed_answer: " + bad->cause);
    return no_answer();
  }
  note_success(kind);
  return std::move(std::get<hook_answer<Grant>>(reading));
}

void http_hooks::note_failure(hook_kind kind, std::string_view reason) {
  auto& hook = at(kind);
  const auto now = clock::now();
  if (hook.is_failing || now < hook.logged_at + log_pause)
    return;
  hook.is_failing = true;
  hook.logged_at = now;
  log::warn("hook fails", "hook", to_string(kind), "reason", reason, "loop",
            loop_);
}

void http_hooks::note_success(hook_kind kind) {
  if (std::exchange(at(kind).is_failing, false))
    log::info("hook works again", "hook", to_string(kind), "loop", loop_);
}

} // namespace rookery
