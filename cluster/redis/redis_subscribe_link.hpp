#pragma once

#include "cluster/redis/redis_link.hpp"
#include "cluster/redis/redis_ports.hpp"
#include "cluster/redis/redis_subscriptions.hpp"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rookery {

/// The link that subscribes. It is up after all wanted names are confirmed, or
/// denied to this user.
class redis_subscribe_link final : public redis_link, public subscribe_port {
public:
  /// `events` must live until `stop`.
  redis_subscribe_link(io_loop& loop, const redis_options& options,
                       subscribe_events& events,
                       std::function<double()> random);

  void start() override { begin(); }

  void stop() override { end(); }

  void drop(std::string_view reason) override { lost(reason); }

  link_state state() const noexcept override { return current(); }

  std::uint64_t failures() const noexcept override { return losses(); }

  std::string_view last_failure() const noexcept override {
    return last_reason();
  }

  const redis_errors& errors() const noexcept override { return all_errors(); }

  void want(std::string_view name) override;
  void unwant(std::string_view name) override;
  void renew(std::string_view name) override;

  bool is_confirmed(std::string_view name) const override {
    return names_.is_confirmed(name);
  }

  std::size_t confirmed_names(std::size_t from, std::size_t max_count,
                              std::vector<std::string>& names) const override {
    return names_.list_confirmed(from, max_count, names);
  }

  std::size_t wanted() const noexcept override { return names_.wanted(); }

  std::size_t confirmed() const noexcept override { return names_.confirmed(); }

  std::size_t refused() const noexcept override { return names_.refused(); }

private:
  using clock = redis_subscriptions::clock;

  /// A command that Redis has not answered yet. Redis answers in order, to a
  /// SUBSCRIBE or UNSUBSCRIBE once per name, or with one error.
  struct sent_command {
    std::variant<own_command, redis_subscriptions::command> what;
    clock::time_point since;
    std::vector<std::string_view> names = {};
    std::size_t confirmed = 0; // of `names`
  };

  void error_noted(const redis_error& what, std::string_view subject) override {
    events_.error_noted(what, subject);
  }

  void forget() override;
  void send(own_command what, arguments command) override;
  void prepare() override;
  bool is_overdue() override;
  void look_after() override;
  void replied(const redis_reply& reply) override;
  void refused(const redis_reply& part) override;
  bool flushing(std::string& output) override;

  void went_up() override { events_.subscribe_link_up(); }

  void went_down() override { events_.subscribe_link_down(); }

  bool is_serving() const noexcept;
  void handle_list(const redis_reply& reply);
  void handle_error(const redis_reply& reply);
  void handle_own(const redis_reply& reply);
  bool confirms(redis_subscriptions::command what, std::string_view name);
  void become_ready_if_restored();
  void plan_flush();
  bool collect_commands(std::string& output);

  subscribe_events& events_;
  redis_subscriptions names_;
  std::vector<std::string_view> batch_; // reused by every command
  std::deque<sent_command> sent_;       // oldest first
  clock::time_point progress_at_;       // the last answer
};

} // namespace rookery
