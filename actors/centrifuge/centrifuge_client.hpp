#pragma once

#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_lifetime.hpp"
#include "actors/centrifuge/centrifuge_refusal.hpp"
#include "actors/centrifuge/centrifuge_services.hpp"
#include "actors/centrifuge/centrifuge_tokens.hpp"
#include "actors/centrifuge/client_channels.hpp"
#include "actors/client/client_connection.hpp"
#include "actors/client/client_identity.hpp"
#include "actors/client/client_index.hpp"
#include "actors/runtime/guarded.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rookery {

struct client_credits;

/// A client of the Centrifuge protocol as the parts of its connection use it:
/// its identity, channels and lifetime; its output, refusals and record; and
/// the questions to backends about it. Loop thread only.
class centrifuge_client : public client_connection,
                          public named_client,
                          private centrifuge_writer::target {
public:
  /// The maximum bytes of output held back for a connecting client; above them
  /// it is closed and has to come back. Publications that can wait take half of
  /// them at most.
  static constexpr std::size_t max_held = 1024 * 1024;

  centrifuge_services& services() const noexcept { return services_; }

  std::chrono::sys_seconds now() const;

  // Identity.
  std::string_view user() const noexcept override { return identity_.user; }

  std::string_view client_id() const noexcept override {
    return identity_.client;
  }

  const client_identity& identity() const noexcept { return identity_; }

  /// Sets the client id, unless there is one already.
  void give_id();

  /// Sets user, info and meta from the claims. Returns false, and does nothing,
  /// if the user has too many connections.
  [[nodiscard]] bool identify(const connection_claims& claims);

  /// Sets the user that a refused token names, for the records.
  void name_refused(std::string user) { identity_.user = std::move(user); }

  void set_info(std::string json) { identity_.conn_info = std::move(json); }

  client_channels& channels() noexcept { return channels_; }

  const client_channels& channels() const noexcept { return channels_; }

  centrifuge_lifetime& lifetime() noexcept { return lifetime_; }

  // Output. Replies and pushes are collected until `flush`.
  template <class Body>
  void reply(std::uint32_t id, const Body& body) {
    services_.writer.add(*this, centrifuge_reply{id, body});
  }

  void push(const centrifuge_push& what) { services_.writer.add(*this, what); }

  void fail(std::uint32_t id, centrifuge_fault fault) {
    reply(id, error_of(fault));
  }

  /// Answers the command with an error, or ends the connection.
  void refuse(std::uint32_t id, const centrifuge_refusal& why);

  /// Refuses a connect (empty `channel`) or subscribe command, and journals the
  /// refusal.
  void refuse(std::uint32_t id, std::string_view channel,
              const centrifuge_refusal& why);

  /// Likewise for a token; the cause is journaled and logged.
  void refuse(std::uint32_t id, std::string_view channel,
              const token_refusal& why);

  /// Sends the collected messages, unless a frame is still being read.
  void flush();

  /// Sends a frame after all messages so far. Returns false if it was dropped.
  bool send_frame(const frame_ptr& bytes);

  /// Sends a frame like `send_frame`, but returns false if there is no room for
  /// it. The channels are resumed once there is.
  bool offer_frame(const frame_ptr& bytes);

  /// Returns true if there is no room for what can wait. The channels are
  /// resumed once there is.
  bool is_congested();

  /// Counts bytes of the reply to the connect command among the held ones.
  void count_held(std::size_t bytes) noexcept { held_->bytes += bytes; }

  /// Collects the replies to all commands of a frame while it lives.
  class collecting {
  public:
    explicit collecting(centrifuge_client& client) : client_{client} {
      client_.is_collecting_ = true;
    }

    ~collecting() { client_.is_collecting_ = false; }

    collecting(const collecting&) = delete;
    collecting& operator=(const collecting&) = delete;

  private:
    centrifuge_client& client_;
  };

  /// Holds all output back, until `release_output`.
  void hold_output();

  /// Sends the reply to the connect command, then the held frames, and resumes
  /// the channels.
  void release_output(std::uint32_t id, const connect_result& result);

  // Record.
  using client_connection::is_over;
  using client_connection::note;

  void note_unsubscribed(std::string_view channel, centrifuge_unsubscribe code);

  template <class Grant>
  void
  note_refused(std::string_view channel, const hook_answer<Grant>& answer) {
    if (const auto* error = std::get_if<hook_error>(&answer))
      note(journal_kind::refused, channel, error->code, error->message);
    else if (const auto* close = std::get_if<dictated_close>(&answer))
      note(journal_kind::refused, channel, close->code, close->text);
  }

  /// Makes the client reachable for commands of backends.
  void enter_index();

  /// Reports to the bus that the client has connected, and later its end.
  void report_entered();

  // Credit.
  using client_connection::drop_input;
  using client_connection::go_on;

  client_credits& credits() const noexcept;
  using client_connection::spend;

  // Rate of new channels.
  /// Returns true if the client may use the channel: it has members on this
  /// loop, or another new one is allowed. Counts a refusal.
  [[nodiscard]] bool admits_channel(std::string_view name);

  /// Counts the channel, unless it has members on this loop.
  void count_channel(std::string_view name);

  /// Counts a channel that was new.
  void count_new_channel();

  // Backends.
  bool has_hook(hook_kind kind) const noexcept {
    return services_.hooks && services_.hooks->has(kind);
  }

  /// Returns the description of the client for backends; a view.
  hook_subject subject() const noexcept;

  /// Asks the backend. Calls `then` with the answer, unless the connection has
  /// ended by then. Returns false if too many questions wait already. `spent`
  /// is given back after the answer.
  template <class Grant, class Question, class Then>
  [[nodiscard]] bool ask(const Question& question, credit spent, Then then) {
    return services_.hooks->ask(
      question, [self = self_ptr(), this, then,
                 spent = std::make_shared<const credit>(std::move(spent))](
                  hook_answer<Grant> answer) {
        if (is_over())
          return;
        guarded(
          [&] {
            then(std::move(answer));
            flush();
          },
          [this](std::string_view what) { failed("hook answer", what); });
      });
  }

  /// Returns the grant in `answer`. If there is none, returns null and fails
  /// the command or ends the connection.
  template <class Grant>
  Grant* take_grant(std::uint32_t id, hook_answer<Grant>& answer) {
    if (const auto* error = std::get_if<hook_error>(&answer))
      reply(id, error->error());
    else if (auto* close = std::get_if<dictated_close>(&answer))
      end(std::move(*close));
    return std::get_if<Grant>(&answer);
  }

protected:
  centrifuge_client(caf::actor_config& config, centrifuge_services& services,
                    bool frame_pings, std::vector<backend_field> fields);

  // client_connection
  std::string_view protocol() const noexcept override { return "centrifuge"; }

  void describe_client(snapshot& out) const override;
  close_status protocol_status(close_reason reason) const noexcept override;
  std::chrono::microseconds round_trip() const override;

  bool is_on(std::string_view channel) const override {
    return channels_.find(channel) != nullptr;
  }

  void on_ending() override;
  void on_ended() override;

private:
  /// The facts that are sent to backends only.
  struct backend_facts {
    std::string meta; ///< JSON; empty: none
    std::vector<backend_field> fields;
  };

  struct held_output {
    std::vector<frame_ptr> frames;
    std::size_t bytes = 0;
  };

  // centrifuge_writer::target
  void send(const frame_ptr& bytes) override { put(bytes); }

  bool put(const frame_ptr& bytes);
  client_error status_of_refusal(const centrifuge_refusal& why) const noexcept;
  void count_bad_token(const centrifuge_refusal& why);
  void report_left();
  backend_facts& facts_for_backends();

  centrifuge_services& services_;
  client_identity identity_;
  client_channels channels_;
  std::unique_ptr<backend_facts> backend_facts_; // null: none
  std::unique_ptr<held_output> held_;            // null: nothing is held back
  token_bucket new_channels_;
  // Its padding holds the members after it.
  [[no_unique_address]] centrifuge_lifetime lifetime_;
  bool is_collecting_ = false;
  bool is_entered_ = false;    // its end has to be reported
  bool is_identified_ = false; // counted for its user
};

} // namespace rookery
