#pragma once

#include "actors/channel/bus_access.hpp"
#include "actors/channel/namespaces.hpp"
#include "actors/interfaces.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "cluster/api/api_reply.hpp"
#include "net/http_exchange.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery {

/// The server API on one loop: carries out the commands of backends through the
/// bus and the other nodes, and answers each request once all of its commands
/// have ended. The commands of a request start in their order and run at the
/// same time.
class server_api final : public pinned_actor<api_actor> {
public:
  /// The maximum number of commands under way; more are refused.
  static constexpr std::size_t max_pending = 100'000;

  /// All references must outlive the actor.
  server_api(caf::actor_config& config, bus_access& bus,
             const namespaces& names, actor_ref<control_actor> control);

  std::string_view kind() const noexcept override { return "api"; }

  behavior_type make_behavior() override;

  /// Loop thread: carries out the request for `method`. The answer carries
  /// `fields`.
  void serve(std::shared_ptr<http_exchange> exchange, std::string_view method,
             std::vector<http_field> fields);

  /// Carries out commands, one per line, as older server libraries send them.
  void serve_lines(std::shared_ptr<http_exchange> exchange,
                   std::vector<http_field> fields);

private:
  using done = std::function<void(api_reply)>;

  struct pending {
    done then;
    /// The command; needed to read the answer to it.
    std::variant<std::monostate, api_presence, api_history, control_query> what;
  };

  void begin(const batched_command& command, const done& then);
  void begin(std::string_view method, std::string_view body, const done& then);
  void begin_batch(std::string_view body, const done& then);
  void begin(api_publish& command, const done& then);
  void begin(api_presence& command, const done& then);
  void begin(api_history& command, const done& then);
  void begin(api_history_remove& command, const done& then);
  void begin(control_query& command, const done& then);
  void publish(const api_publish& command, std::string_view channel,
               const done& then);

  template <class Answer>
  void end(const Answer& answer);

  std::uint64_t wait(done then, decltype(pending::what) what = {});
  void describe(snapshot& out) const override;
  void on_exit() override;

  bus_access& bus_;
  const namespaces& names_;
  actor_ref<control_actor> control_;
  std::unordered_map<std::uint64_t, pending> pending_;
  std::uint64_t ticket_ = 0;
  std::uint64_t served_ = 0;
};

} // namespace rookery
