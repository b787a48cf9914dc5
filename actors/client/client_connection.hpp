#pragma once

#include "actors/channel/member.hpp"
#include "actors/client/credit_account.hpp"
#include "actors/client/credit_pool.hpp"
#include "actors/client/held_input.hpp"
#include "actors/inbox.hpp"
#include "actors/interfaces.hpp"
#include "actors/message/client_command.hpp"
#include "actors/outbox.hpp"
#include "actors/runtime/light_actor.hpp"
#include "actors/runtime/token_bucket.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace rookery {

struct client_credits;

/// The actor of one client, whatever its protocol: counts, lists, journals and
/// ends it. Each protocol derives from it; it works together with the client's
/// session, see cluster/shared/connection.hpp.
///
/// A client spends credit on each command that causes work beyond its loop, and
/// has a rate of commands. While it has no credit left, is beyond its rate, or
/// does not take its own output, its input is held: it is not read, and its
/// commands wait in their order.
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
  void message(std::string_view payload, payload_kind kind) final;

  void writable() final;

  void open_overdue() override {}

  close_status status_for(close_reason reason) const noexcept final;
  void closed(close_reason reason) final;

  // inbox and member
  void failed(std::string_view during, std::string_view what) noexcept final;

  // member
  bool has_room() override { return !socket().is_congested(); }

  member_facts facts() const final;

  // loop_actor_base
  std::string_view kind() const noexcept final { return "connection"; }

  std::uint64_t measure(listing_order order) const final;
  bool end_client(close_reason reason) final;

  // Credit. For the pools that lend it.
  credit_account& account() noexcept { return account_; }

  /// Takes back a credit, and goes on if the client has waited for it. Any
  /// thread.
  void get_back(std::uint32_t bytes) noexcept;

  /// Works off the held input for as long as nothing stops it.
  void go_on() noexcept;

  /// Returns the client that `pointer` refers to, which must be one.
  static client_connection&
  from(const caf::strong_actor_ptr& pointer) noexcept {
    return static_cast<client_connection&>(light_actor::from(pointer));
  }

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

  /// Works off a message or the rest of one. Returns the part that has to wait
  /// if `may_begin` does not let its next command begin, or another reason
  /// holds it; the protocol calls `go_on` after the other reason is gone.
  virtual std::optional<client_input> read(const client_input& what) = 0;

  /// Called at the begin. Must open the socket, now or later.
  virtual void on_begin() = 0;

  /// Called when the socket has room again. A protocol that offers publications
  /// to it must resume the channels in which the client is behind.
  virtual void on_room() {}

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

  /// Returns true if the next command may begin. `pool` is the one whose credit
  /// it needs; null if it concerns only this loop. After false, `read` is
  /// called again when it may.
  [[nodiscard]] bool may_begin(client_credits& credits, credit_pool* pool);

  /// Drops the held input.
  void drop_input() noexcept;

  /// Returns the credit for a message to the bus or a question to a backend:
  /// `bytes` are its own and those of the answer that it may bring. Empty while
  /// the connection ends.
  credit spend(credit_pool& pool, std::size_t bytes);

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

  void tick(tick_atom) { go_on(); }

  snapshot look(inspect_atom) { return inspect(); }

  void note_closed(close_reason reason);
  held_input& hold();
  void stop_holding() noexcept;

  /// Returns the outbox for reading only.
  const outbox& socket_state() const {
    return const_cast<client_connection*>(this)->socket();
  }

  /// The state that most connections never need.
  struct rare_state {
    std::unique_ptr<const dictated_close> dictated; // null: not dictated
    std::unique_ptr<held_input> input;              // null: nothing is held
  };

  rare_state& rare();

  held_input* held() const noexcept {
    return rare_ ? rare_->input.get() : nullptr;
  }

  std::unique_ptr<rare_state> rare_; // null: nothing of it
  credit_account account_;
  token_bucket commands_;
  bool is_over_ : 1 = false;
  bool is_gone_ : 1 = false;    // the outbox must not be used any more
  bool is_counted_ : 1 = false; // among the loop's connections
  bool is_known_ : 1 = false;   // the journal has its address
  close_reason closed_for_ = close_reason::going_away;
};

} // namespace rookery
