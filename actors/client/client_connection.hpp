#pragma once

#include "actors/channel/member.hpp"
#include "actors/inbox.hpp"
#include "actors/interfaces.hpp"
#include "actors/message/client_command.hpp"
#include "actors/outbox.hpp"
#include "actors/runtime/light_actor.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace rookery {

/// The actor of one client, whatever its protocol: counts, lists, journals and
/// ends it. Each protocol derives from it; it works together with the client's
/// session, see cluster/shared/connection.hpp.
class client_connection : public light_actor, public inbox, public member {
public:
  /// Counts the connection and calls `on_begin`. Call once, when the session is
  /// ready for it.
  void begin();

  /// Ends the connection. Only the first call has an effect.
  void end(close_reason reason);

  /// Ends the connection with a status that a backend has chosen.
  void end(dictated_close how);

  // inbox
  void open_overdue() override {}

  close_status status_for(close_reason reason) const noexcept final;
  void closed(close_reason reason) final;

  // inbox and member
  void failed(std::string_view during, std::string_view what) noexcept final;

  // member
  member_facts facts() const final;

  // loop_actor_base
  std::string_view kind() const noexcept final { return "connection"; }

  std::uint64_t measure(listing_order order) const final;
  bool end_client(close_reason reason) final;

protected:
  using light_actor::light_actor;

  /// Returns the outbox of the session; valid until `closed`.
  virtual outbox& socket() noexcept = 0;

  /// The name of the protocol in listings and metrics, a literal.
  virtual std::string_view protocol() const noexcept = 0;

  /// The client's user; empty: anonymous.
  virtual std::string_view user() const noexcept { return {}; }

  /// The channel of a client that can have only one; empty: it can have many.
  virtual std::string_view only_channel() const noexcept { return {}; }

  /// Returns true if the client is on that channel, or about to be.
  virtual bool is_on(std::string_view channel) const {
    return channel == only_channel();
  }

  /// Adds to `out` the facts that only this protocol has.
  virtual void describe_client(snapshot& out) const = 0;

  /// Returns the status of `reason` in the protocol's close frame.
  virtual close_status protocol_status(close_reason reason) const noexcept {
    return status_of(reason);
  }

  /// Returns the time between the last answered ping and its answer; zero
  /// before the first.
  virtual std::chrono::microseconds round_trip() const {
    return socket_state().round_trip();
  }

  /// Called at the begin. Must open the socket, now or later.
  virtual void on_begin() = 0;

  /// Called before the socket is closed, as the last chance to send something.
  /// May end the connection itself.
  virtual void on_ending() {}

  /// Called last. Must leave the channels; the socket may be gone.
  virtual void on_ended() = 0;

  // Answers of the bus.
  virtual void publish_answered(const publish_outcome&) {}

  virtual void history_answered(const history_answer&) {}

  virtual void presence_answered(const presence_answer&) {}

  /// Journals an event of this client.
  void note(journal_kind what, std::string_view channel = {},
            std::uint32_t code = 0, std::string_view reason = {});

  /// Returns true while the connection ends and after it: nothing more is sent
  /// or handled.
  bool is_over() const noexcept { return is_over_; }

  /// Returns the reason why the socket was closed; `going_away` if it was not.
  close_reason closed_for() const noexcept { return closed_for_; }

private:
  outcome receive(caf::mailbox_element& element, caf::message& reply) final;
  void recover() final;
  void on_exit() final;
  void describe(snapshot& out) const final;
  bool is_chosen(const listing_query& query) const final;

  void ignore_tick(tick_atom) {} // never asked for

  snapshot look(inspect_atom) { return inspect(); }

  void note_closed(close_reason reason);

  /// Returns the outbox for reading only.
  const outbox& socket_state() const {
    return const_cast<client_connection*>(this)->socket();
  }

  std::unique_ptr<const dictated_close> dictated_; // null: not dictated
  bool is_over_ : 1 = false;
  bool is_gone_ : 1 = false;    // the outbox must not be used any more
  bool is_counted_ : 1 = false; // among the loop's connections
  bool is_known_ : 1 = false;   // the journal has its address
  close_reason closed_for_ = close_reason::going_away;
};

} // namespace rookery
