#pragma once

#include "actors/channel/channel_table.hpp"
#include "actors/channel/member.hpp"
#include "actors/inbox.hpp"
#include "actors/interfaces.hpp"
#include "actors/outbox.hpp"
#include "actors/runtime/light_actor.hpp"
#include "cluster/admin/admin_guard.hpp"
#include "cluster/admin/query_nodes.hpp"
#include "cluster/admin/watch_log.hpp"
#include "net/http_message.hpp"

#include <caf/actor_system.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace rookery {

/// The services that all streams share. Belongs to the loop of the admin
/// listener.
struct stream_services {
  /// The maximum number of open streams; more are refused.
  static constexpr std::size_t max_streams = 16;

  caf::actor_system& system;
  control_actor control;
  const admin_guard& guard;
  channel_table& channels;
  std::size_t open = 0;
};

/// The request for an operator's WebSocket.
struct stream_request {
  std::string remote_address;
};

/// The live view of one operator, see docs/admin.md. Queries the nodes at
/// intervals and sends their answers or new events, for a bounded time. While
/// it watches a channel, it is a member of that channel.
class admin_stream : public light_actor, public inbox, public member {
public:
  /// Opens the socket. Call once, when the session is ready for it.
  void begin();

  // inbox
  void message(std::string_view payload, payload_kind kind) override;

  void open_overdue() override {}

  void closed(close_reason reason) override;

  void failed(std::string_view during,
              std::string_view what) noexcept override {
    fail(during, what);
  }

  // member
  void subscribed(subscription&, const member_entry&) override {}

  bool deliver(subscription& to, frame_cache& frames) override;

  bool has_room() override { return true; }

  // The answers of the nodes report gaps as events of the channel.
  void missed(subscription&, gap_reason) override {}

  member_facts facts() const override;

  std::string_view kind() const noexcept override { return "admin_stream"; }

protected:
  admin_stream(caf::actor_config& config, stream_services& services,
               stream_request request);

  /// Returns the outbox of this client's session; valid until `closed`.
  virtual outbox& socket() noexcept = 0;

private:
  using clock = std::chrono::steady_clock;

  outcome receive(caf::mailbox_element& element, caf::message& reply) override;
  void recover() override;
  void on_exit() override;
  void describe(snapshot& out) const override;

  void tick(tick_atom);
  void tell(const stream_news& news);

  snapshot look(inspect_atom) { return inspect(); }

  /// Reads `asked`, the first message. Returns the problem with it; empty if
  /// none.
  std::string accept(const admin_json& asked);
  std::string accept_watch(const admin_json& asked);
  void ask();
  admin_json show(const query_answers& answers);
  void send(const admin_json& what);
  void end(std::string_view why);
  void plan_tick(std::chrono::milliseconds delay);

  stream_services& services_;
  const stream_request from_;
  std::string topic_;     // empty until the first message
  http_request question_; // for `nodes` and `top`
  std::unique_ptr<watch_log> watch_;
  subscription_ptr place_;
  clock::time_point deadline_;
  bool is_asking_ = false;
  bool counts_ = false; // included in `services_.open`
  bool gone_ = false;   // the outbox must not be used
};

} // namespace rookery
