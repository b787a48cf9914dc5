#pragma once

#include "actors/inbox.hpp"
#include "actors/outbox.hpp"
#include "actors/runtime/guarded.hpp"
#include "net/accepted_client.hpp"
#include "net/client_socket.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace rookery {

/// The socket side of a connection, the common part of WebSocket and
/// server-sent events. The joined class adds the actor and its reference count.
/// Loop thread only.
class session : public outbox, public client_socket {
public:
  bool deliver(const frame_ptr& bytes) final;
  bool offer(const frame_ptr& bytes) final;
  void close(close_reason reason) final;
  std::optional<close_reason> ending() const noexcept final;
  std::size_t queued_bytes() const noexcept final;
  bool is_congested() noexcept final;
  void hold_input(bool is_held) final;
  std::string remote_address() const final;
  std::chrono::microseconds round_trip() const noexcept override;

  void end_turn() override;
  void finish(close_reason reason) final;
  void close_without_output(close_reason reason) final;

  void cut_input() override {}

protected:
  enum class stage : std::uint8_t {
    waiting, ///< for the actor to open
    open,
    closing ///< nothing more is delivered in either direction
  };

  explicit session(std::unique_ptr<accepted_client> accepted);

  ~session() = default;

  /// Registers the session and starts the wait for `open`.
  void enter();

  virtual inbox& actor() noexcept = 0;

  /// Calls `task` with the actor; an exception fails that actor alone.
  template <class Task>
  void call_actor(std::string_view during, Task task) {
    guarded([&] { task(actor()); },
            [&](std::string_view what) { actor().failed(during, what); });
  }

  /// Returns the last bytes of an open session.
  virtual frame_ptr last_frame(close_reason reason) = 0;

  /// Called after the close frame or last chunk is queued. Ends the connection,
  /// at once or when the client has answered.
  virtual void sent_last_frame() = 0;

  /// The deadline of an open or closing session has come.
  virtual void session_deadline() = 0;

  stage current() const noexcept { return stage_; }

  void set_open() noexcept { stage_ = stage::open; }

  /// Ends the session for `reason` without a closing frame; the actor is told
  /// at the end of the turn. Keeps the first reason.
  void set_closing(close_reason reason);

  close_reason reason() const noexcept { return reason_; }

  const accepted_client& accepted() const noexcept { return *accepted_; }

  void leave_loop() noexcept override;

  /// The client's request, which is not needed once the session is open.
  std::unique_ptr<accepted_client> take_accepted() noexcept {
    return std::move(accepted_);
  }

private:
  void deadline() final;
  void on_shut(close_reason reason) final;

  void refuse(close_reason reason);
  void end_without_output();
  void report();
  bool has_room() const noexcept;
  bool is_too_slow();
  void report_room();

  // The first members fit into the padding of client_socket.
  stage stage_ = stage::waiting;
  close_reason reason_ = close_reason::peer_gone;
  bool is_overdue_ : 1 = false;
  bool drops_output_ : 1 = false;
  bool is_reported_ : 1 = false;
  bool awaits_room_ : 1 = false;
  std::unique_ptr<accepted_client> accepted_;
};

} // namespace rookery
