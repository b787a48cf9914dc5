#pragma once

#include "cluster/redis/redis_link.hpp"
#include "cluster/redis/redis_ports.hpp"
#include "cluster/redis/redis_subscriptions.hpp"

#include <string>
#include <vector>

namespace rookery {

/// The link that subscribes. It is up after all wanted names are confirmed.
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

private:
  void forget() override { names_.restart(); }

  void prepare() override;
  void replied(const redis_reply& reply) override;
  void refused(const redis_reply& part) override;
  bool flushing(std::string& output) override;

  void went_up() override { events_.subscribe_link_up(); }

  void went_down() override { events_.subscribe_link_down(); }

  bool is_serving() const noexcept;
  void handle_list(const redis_reply& reply);
  void become_ready_if_restored();
  void plan_flush();
  bool collect_commands(std::string& output);

  subscribe_events& events_;
  redis_subscriptions names_;
  std::vector<std::string_view> batch_; // reused by every command
};

} // namespace rookery
