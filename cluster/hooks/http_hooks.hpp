#pragma once

#include "actors/backend_hooks.hpp"

#include <array>
#include <chrono>
#include <string_view>

namespace rookery {

/// Asks backends over HTTP: JSON in both directions, status 200. A failure is a
/// temporary error for the client; the log has a line when failures begin and
/// one when they end. Loop thread only.
class http_hooks final : public backend_hooks {
public:
  /// The shortest time between two log lines about a failing hook.
  static constexpr std::chrono::seconds log_pause{10};

  /// The backend of each kind of hook; null if none. All must outlive this.
  using backends = std::array<backend*, hook_count>;

  /// `loop` is a number for log lines.
  http_hooks(const backends& all, unsigned loop);

  bool has(hook_kind kind) const noexcept override;

  bool ask(const connect_question& question,
           receiver<connect_grant> done) override;
  bool ask(const refresh_question& question,
           receiver<refresh_grant> done) override;
  bool ask(const subscribe_question& question,
           receiver<subscribe_grant> done) override;
  bool ask(const publish_question& question,
           receiver<publish_grant> done) override;
  bool ask(const rpc_question& question, receiver<rpc_grant> done) override;

private:
  using clock = std::chrono::steady_clock;

  struct hook {
    backend* where = nullptr;
    bool is_failing = false; // according to the last log line
    clock::time_point logged_at = clock::time_point::min();
  };

  template <class Question, class Grant, class Read>
  bool post(hook_kind kind, const Question& question, receiver<Grant> done,
            Read read);
  template <class Grant, class Read>
  hook_answer<Grant>
  judge(hook_kind kind, const backend_result& result, Read read);
  void note_failure(hook_kind kind, std::string_view reason);
  void note_success(hook_kind kind);

  hook& at(hook_kind kind) noexcept {
    return hooks_[static_cast<std::size_t>(kind)];
  }

  std::array<hook, hook_count> hooks_;
  const unsigned loop_;
};

} // namespace rookery
