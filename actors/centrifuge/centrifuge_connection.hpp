#pragma once

#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_answers.hpp"
#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_services.hpp"
#include "actors/centrifuge/centrifuge_subscriptions.hpp"
#include "actors/centrifuge/hook_state.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/client/client_connection.hpp"
#include "actors/client/client_index.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery {

/// What a client of the Centrifuge protocol asked for with its request.
struct centrifuge_request {
  /// It wants WebSocket pings instead of the protocol's own.
  bool frame_pings = false;
  /// Header fields of its request that backends are told.
  std::vector<backend_field> fields = {};
};

/// A client of the Centrifuge protocol (v2): carries out its commands in the
/// order in which they came, and tells it what happens on its channels.
class centrifuge_connection : public client_connection,
                              public named_client,
                              private centrifuge_writer::target {
public:
  /// Commands that may wait for the bus; more fail as "too many requests".
  static constexpr std::size_t max_waiting = 256;

  /// Bytes of a connecting client that may wait until its connect command is
  /// answered; beyond them it has to come back.
  static constexpr std::size_t max_held = 1024 * 1024;

  // inbox
  void message(std::string_view payload, payload_kind kind) override;
  pinger ping_due() override;

  // member
  void subscribed(subscription& to, const admission& how) override;
  bool deliver(subscription& to, frame_cache& frames) override;
  void missed(subscription& to, gap_reason reason) override;

  // named_client
  std::string_view user() const noexcept override { return identity_.user; }

  std::string_view client_id() const noexcept override {
    return identity_.client;
  }

  void carry_out(const client_command& command) override;

protected:
  centrifuge_connection(caf::actor_config& config,
                        centrifuge_services& services,
                        centrifuge_request request);

private:
  enum class phase : std::uint8_t {
    fresh,      ///< no connect command yet
    asking,     ///< the backend is asked about the connect command
    refused,    ///< the connect command has failed
    connecting, ///< its subscriptions are not all confirmed
    connected,
  };

  /// A connect command on its way to its answer.
  struct connecting {
    std::uint32_t command;
    std::string data; ///< JSON for the client; empty: none
    /// Server-side subscriptions not confirmed yet; one more while they are
    /// being made.
    std::size_t waiting = 1;
    std::vector<kept_admission> admissions;
    std::vector<frame_ptr> held;
    std::size_t held_bytes = 0;
  };

  // client_connection
  std::string_view protocol() const noexcept override { return "centrifuge"; }

  std::uint64_t& meter() const noexcept override;
  bool is_on(std::string_view channel) const override;
  void describe_client(snapshot& out) const override;
  close_status protocol_status(close_reason reason) const noexcept override;
  std::chrono::microseconds round_trip() const override;
  void on_begin() override;
  void on_ending() override;
  void on_ended() override;
  void publish_answered(const publish_outcome& result) override;
  void history_answered(const history_answer& answer) override;
  void presence_answered(const presence_answer& answer) override;

  // centrifuge_writer::target
  void send(const frame_ptr& bytes) override { pass(bytes); }

  void read(std::string_view frame);
  void read_on();
  void carry_out(const centrifuge_command& command);
  void handle(std::uint32_t id, const pong& request);
  void handle(std::uint32_t id, const connect_request& request);
  void handle(std::uint32_t id, const subscribe_request& request);
  void handle(std::uint32_t id, const unsubscribe_request& request);
  void handle(std::uint32_t id, const publish_request& request);
  void handle(std::uint32_t id, const presence_request& request);
  void handle(std::uint32_t id, const presence_stats_request& request);
  void handle(std::uint32_t id, const client_history_request& request);
  void handle(std::uint32_t id, const refresh_request& request);
  void handle(std::uint32_t id, const sub_refresh_request& request);
  void handle(std::uint32_t id, const send_request& request);
  void handle(std::uint32_t id, const rpc_request& request);
  void handle(std::uint32_t id, const ping_request& request);

  void obey(const subscribe_action& action);
  void obey(const unsubscribe_action& action);
  void obey(const disconnect_action& action);
  void obey(const refresh_action& action);

  // centrifuge_hooks.cpp: what a backend is asked, and what it answers.
  bool asks(hook_kind kind) const noexcept;
  hook_state& hooked();
  hook_subject subject() const noexcept;
  template <class Grant, class Then>
  auto receiver_of(Then then);
  template <class Grant>
  Grant* take(std::uint32_t id, hook_answer<Grant>& answer);
  template <class Grant>
  void note_refused(std::string_view channel, const hook_answer<Grant>& answer);
  void ask_connect(std::uint32_t id, const connect_request& request);
  void hold(std::string_view frame);
  void end_connect(std::uint32_t id, hook_answer<connect_grant> answer);
  claims_or_refusal<connection_claims>
  judge_granted(connection_claims& claims) const;
  void refresh_if_due(std::chrono::sys_seconds now);
  void end_refresh(hook_answer<refresh_grant> answer);
  std::chrono::seconds grace() const noexcept;
  bool is_guarded() const noexcept;
  bool is_refreshing() const noexcept;
  void ask_subscribe(std::uint32_t id, const subscribe_request& request);
  void end_subscribe(std::uint32_t id, std::string_view name,
                     subscription_wishes& wishes,
                     hook_answer<subscribe_grant> answer);
  void ask_publish(std::uint32_t id, const publish_request& request);
  void ask_next_publish();
  hook_state::publish take_publish();
  void end_publish_question(hook_answer<publish_grant> answer);

  void admit(std::uint32_t id, const connect_request& request,
             const claims_or_refusal<connection_claims>& judged,
             std::string data = {});
  void publish(std::uint32_t id, std::string_view channel,
               std::string_view data, payload_kind kind, history_use use);
  void join_granted(const connect_request& request,
                    const connection_claims& claims);
  void end_server_side_wait();
  void tell_subscribed(client_channel& which, const admission& how);
  void finish_connect();
  claims_or_refusal<subscription_grant>
  judge(const subscribe_request& request) const;
  std::optional<centrifuge_refusal>
  check(const subscribe_request& request) noexcept;
  void ask_presence(std::uint32_t id, std::string_view channel,
                    std::uint32_t limit, std::uint64_t ticket);
  std::optional<centrifuge_refusal>
  check_reader(std::string_view channel, bool is_kept,
               bool channel_options::*allowed);
  bool may(bool channel_options::*allowed, std::string_view channel);
  bool hears(const subscription& to, publication_event event) noexcept;
  void end_subscription(client_channel& which, centrifuge_unsubscribe code);
  void give_up(client_channel& which);
  void check_subscriptions(std::chrono::sys_seconds now);
  bool is_expired(std::chrono::sys_seconds now) const noexcept;
  bool end_if_expired(std::chrono::sys_seconds now);

  template <class Body>
  void reply(std::uint32_t id, const Body& body) {
    services_.writer.add(*this, centrifuge_reply{id, body});
  }

  /// Returns whether it was taken.
  bool pass(const frame_ptr& bytes);

  // centrifuge_record.cpp: what goes on record.
  void note_unsubscribed(std::string_view channel, centrifuge_unsubscribe code);
  void note_refused(std::string_view channel, const centrifuge_refusal& why);

  /// Tells that a connection (empty `channel`) or a subscription is refused.
  void refuse(std::uint32_t id, std::string_view channel,
              const centrifuge_refusal& why);

  void fail(std::uint32_t id, centrifuge_fault fault);
  void refuse(std::uint32_t id, const centrifuge_refusal& why);
  void flush();
  void tell_gone(close_reason reason);

  bool is_connected() const noexcept {
    return phase_ == phase::connected && !is_over();
  }

  std::chrono::sys_seconds now() const;

  centrifuge_services& services_;
  centrifuge_identity identity_;
  std::optional<std::chrono::sys_seconds> expires_at_; // none: never
  std::chrono::sys_seconds begun_{};
  centrifuge_subscriptions channels_;
  std::unique_ptr<connecting> connecting_; // null: not under way
  std::unique_ptr<hook_state> hooked_;     // null: no backend was asked
  /// Of history commands that wait: id, and the epoch that the client knows.
  std::vector<std::pair<std::uint32_t, std::string>> epochs_;
  std::uint32_t waiting_ = 0; // commands whose answer is the bus's
  std::uint32_t untold_gaps_ = 0;
  std::uint32_t pinged_at_ = 0;  // microseconds, the lower half
  std::uint32_t round_trip_ = 0; // microseconds; of the last answered ping
  phase phase_ = phase::fresh;
  bool frame_pings_;
  bool is_reading_ = false; // the frame's replies are still being collected
  bool is_entered_ = false; // the bus has to be told when it is over
  bool is_pinged_ = false;
};

} // namespace rookery
