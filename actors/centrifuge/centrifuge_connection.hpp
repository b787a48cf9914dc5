#pragma once

#include "actors/centrifuge/centrifuge_client.hpp"
#include "actors/centrifuge/centrifuge_handshake.hpp"
#include "actors/centrifuge/centrifuge_requests.hpp"
#include "actors/centrifuge/centrifuge_subscriptions.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rookery {

/// The HTTP request of a client of the Centrifuge protocol.
struct centrifuge_request {
  /// True if the client wants WebSocket pings instead of the protocol's own.
  bool frame_pings = false;
  /// Header fields of its request for the backends.
  std::vector<backend_field> fields = {};
};

/// The connection of a client of the Centrifuge protocol (v2): decodes commands
/// and hands each, in their order, to the part that carries it out; passes on
/// the events of its channels.
class centrifuge_connection : public centrifuge_client {
public:
  // inbox
  pinger ping_due() override;
  std::size_t longest_message() const noexcept override;

  // member
  void subscribed(subscription& to, const member_entry& how) override;
  bool deliver(subscription& to, frame_cache& frames) override;
  bool has_room() override;
  void missed(subscription& to, gap_reason reason) override;
  void renamed(subscription& to, const stream_position& now) override;
  void overdue(subscription& to) override;

  // named_client
  void carry_out(const client_command& command) override;

protected:
  centrifuge_connection(caf::actor_config& config,
                        centrifuge_services& services,
                        centrifuge_request request);

private:
  // client_connection
  std::optional<client_input> read(const client_input& what) override;
  void on_begin() override;
  void on_ended() override;
  void on_room() override;
  void publish_answered(const publish_outcome& result) override;
  void history_answered(const history_answer& answer) override;
  void presence_answered(const presence_answer& answer) override;

  bool read_commands();
  bool is_undecided(const centrifuge_command& command) const;
  credit_pool* pool_of(const centrifuge_command& command) const;
  void carry_out(const centrifuge_command& command);

  void handle(std::uint32_t id, const connect_request& request);
  void handle(std::uint32_t id, const unsubscribe_request& request);
  void handle(std::uint32_t id, const refresh_request& request);
  void handle(std::uint32_t id, const send_request& request);
  void handle(std::uint32_t id, const ping_request& request);
  void handle(std::uint32_t id, const pong& request);

  void handle(std::uint32_t id, const subscribe_request& request) {
    subscriptions_.carry_out(id, request);
  }

  void handle(std::uint32_t id, const sub_refresh_request& request) {
    subscriptions_.carry_out(id, request);
  }

  template <class Request>
  void handle(std::uint32_t id, const Request& request) {
    requests_.carry_out(id, request);
  }

  void obey(const subscribe_action& action) {
    subscriptions_.carry_out(action);
  }

  void obey(const unsubscribe_action& action) {
    subscriptions_.carry_out(action);
  }

  void obey(const disconnect_action& action);
  void obey(const refresh_action& action);

  bool wants(const subscription& place, publication_event event) const noexcept;

  centrifuge_handshake handshake_;
  centrifuge_subscriptions subscriptions_;
  centrifuge_requests requests_;
};

} // namespace rookery
