#pragma once

#include "actors/channel/frame_cache.hpp"
#include "actors/channel/member.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/inbox.hpp"
#include "actors/interfaces.hpp"
#include "actors/outbox.hpp"
#include "actors/plain/plain_bearer.hpp"
#include "actors/runtime/light_actor.hpp"

#include <memory>
#include <string>

namespace rookery {

/// What a client of the plain protocol asked for.
struct plain_request {
  std::string channel;
  wire form = wire::websocket;
  /// Empty: no notices were asked for.
  std::string notice_tag;
  /// Where the client wants to go on in the channel's history; null: anywhere.
  std::unique_ptr<const stream_position> since = nullptr;
  /// Of a client with a token; null: it has none.
  std::unique_ptr<plain_pass> pass = nullptr;
  /// What the client may do, if the node lets anybody do it.
  bool may_subscribe = true;
  bool may_publish = true;
};

/// A client of the plain protocol: everything it sends is published on its one
/// channel, every publication of the channel reaches it verbatim.
class plain_connection : public light_actor, public inbox, public member {
public:
  /// Joins the channel; the socket opens when the bus has confirmed. Call once,
  /// when the session is ready for it.
  void begin();

  /// Ends the connection.
  void end(close_reason reason);

  // inbox
  void message(std::string_view payload, payload_kind kind) override;
  void open_overdue() override;
  pinger ping_due() override;
  close_status status_for(close_reason reason) const noexcept override;
  void closed(close_reason reason) override;

  // member
  void subscribed(subscription& to, const admission& how) override;
  bool deliver(subscription& to, frame_cache& frames) override;
  void missed(subscription& to, gap_reason reason) override;
  member_facts facts() const override;

  std::string_view kind() const noexcept override { return "connection"; }

  std::uint64_t measure(listing_order order) const override;
  bool end_client(close_reason reason) override;

protected:
  plain_connection(caf::actor_config& config, loop_services& services,
                   plain_request request);

  /// The other half: valid until `closed`.
  virtual outbox& socket() noexcept = 0;

private:
  outcome receive(caf::mailbox_element& element, caf::message& reply) override;
  void on_exit() override;
  void describe(snapshot& out) const override;
  bool is_chosen(const listing_query& query) const override;

  void end_publish(const publish_outcome& result);

  // Never asked for.
  void ignore_history(const history_answer&) {}

  void ignore_presence(const presence_answer&) {}

  void ignore_tick(tick_atom) {}

  snapshot look(inspect_atom) { return inspect(); }

  void catch_up(const admission& how);
  void open();
  void leave();

  // plain_record.cpp: what goes on record.
  void note(journal_kind what, std::uint32_t code = 0,
            std::string_view reason = {});
  void note_closed(close_reason reason);
  void count_open();
  void count_closed();
  std::uint64_t& meter() const;

  std::string_view protocol() const noexcept {
    return form_ == wire::websocket ? "plain" : "sse";
  }

  /// The other half, where nothing changes it.
  const outbox& socket_state() const {
    return const_cast<plain_connection*>(this)->socket();
  }

  bool tells_gaps() const noexcept {
    return form_ == wire::sse || notice_tag_ != nullptr;
  }

  loop_services& services_;
  subscription_ptr place_;
  std::unique_ptr<const stream_position> since_; // until it joins
  std::unique_ptr<std::string> notice_tag_;      // null: none asked for
  std::unique_ptr<plain_bearer> bearer_;         // null: without a token
  std::string channel_;
  wire form_;
  bool recovers_;
  bool may_subscribe_;
  bool may_publish_;
  bool open_ = false;
  bool gone_ = false;       // the outbox must not be used any more
  bool is_counted_ = false; // among the loop's connections
  close_reason end_ = close_reason::going_away; // once it has come
};

} // namespace rookery
