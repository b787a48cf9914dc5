#pragma once

#include "cluster/redis/pending_commands.hpp"
#include "cluster/redis/redis_link.hpp"
#include "cluster/redis/redis_ports.hpp"
#include "cluster/redis/redis_script.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The scripts that a publish link loads on every new connection.
struct redis_scripts {
  std::vector<const redis_script*> all;
  /// Limits of one reply.
  redis_reply::limits replies;
};

/// The link that publishes and calls scripts. Redis answers its commands in
/// order, with one reply to each.
class redis_publish_link final : public redis_link, public publish_port {
public:
  /// `events` must live until `stop`.
  redis_publish_link(io_loop& loop, const redis_options& options,
                     const redis_scripts& scripts, publish_events& events,
                     std::function<double()> random);

  void start() override { begin(); }

  void stop() override;

  void drop(std::string_view reason) override { lost(reason); }

  link_state state() const noexcept override { return current(); }

  std::uint64_t failures() const noexcept override { return losses(); }

  std::string_view last_failure() const noexcept override {
    return last_reason();
  }

  const redis_errors& errors() const noexcept override { return all_errors(); }

  std::optional<publish_problem> publish(std::string_view name,
                                         std::string_view payload,
                                         answer_handler& then) override;

  std::optional<publish_problem> call(std::string_view command,
                                      answer_handler& then) override;

  std::optional<publish_problem> ask(std::string_view command,
                                     answer_handler& then) override;

  std::string_view script_refusal() const noexcept override {
    return script_refusal_;
  }

  std::string_view run() const noexcept override { return run_; }

  void note(const redis_error& what, std::string_view subject) override {
    note_error(what, subject);
  }

  std::size_t unanswered() const noexcept override { return pending_.size(); }

  std::size_t unanswered_bytes() const noexcept override {
    return pending_.bytes();
  }

private:
  void error_noted(const redis_error& what, std::string_view subject) override {
    events_.error_noted(what, subject);
  }

  void forget() override;
  void send(own_command what, arguments command) override;

  void prepare() override;

  void went_up() override { events_.publish_link_up(); }

  void went_down() override;
  bool is_overdue() override;
  void look_after() override;
  void replied(const redis_reply& reply) override;

  void found_no_master(std::string_view reason) override {
    events_.no_master(reason);
  }

  bool can_ask_role() const noexcept override { return true; }

  void take_run(const redis_reply& reply);
  void load_scripts();
  void load(const redis_script& script);
  void refuse(pending_commands::command command, const redis_error& what,
              const redis_reply& reply);
  void handle_loaded(const redis_script& script, const redis_reply& reply);
  void end_loading();
  std::optional<publish_problem> refusal_of(std::size_t bytes) const;
  void await(pending_commands::kind type, std::size_t bytes,
             answer_handler then);
  void fail_pending();

  const std::vector<const redis_script*> scripts_;
  publish_events& events_;
  pending_commands pending_;
  /// The error of the load under way; empty so far.
  std::string load_error_;
  std::string script_refusal_;
  std::string run_;
  pending_commands::clock::time_point loaded_at_;
};

} // namespace rookery
