#pragma once

#include "net/reader.hpp"
#include "net/session.hpp"

namespace rookery {

/// A WebSocket (RFC 6455) between a client and its actor. Borrows a reader of
/// its loop while a message arrives; owns none in between.
class websocket_session : public session {
public:
  /// Registers the session, once, when the object and its actor are complete.
  /// Nothing is read until the actor opens or closes.
  void start();

  void open() final;
  std::chrono::microseconds round_trip() const noexcept final;
  void end_turn() final;
  void cut_input() final;

protected:
  /// `accepted` must have passed `check_upgrade`.
  explicit websocket_session(std::unique_ptr<accepted_client> accepted);

  ~websocket_session() = default;

private:
  class sink;

  void received(std::span<const unsigned char> bytes) final;
  bool wants_input() const noexcept final;
  frame_ptr last_frame(close_reason reason) final;
  void sent_last_frame() final;
  void session_deadline() final;
  void leave_loop() noexcept final;

  std::size_t feed(std::span<const unsigned char> bytes);
  void count_input(std::size_t size, std::size_t frames);
  void set_message_bound();
  void note_unfinished();
  void end_reading(close_reason reason);
  void emit(frame_ptr bytes);
  void note_pong() noexcept;
  void check_ping();
  void schedule();

  std::unique_ptr<reader> lease_;
  token_bucket input_;
  /// Ticks of the wheel; zero where nothing is due.
  std::uint32_t ping_due_ = 0;
  std::uint32_t pinged_at_ = 0;
  std::uint32_t message_due_ = 0;
  /// Microseconds; a zero stamp means that no pong is awaited.
  std::uint32_t ping_stamp_ = 0;
  std::uint32_t round_trip_ = 0;
  bool is_fresh_ = false;
  bool is_pinged_by_actor_ = false;
  bool has_sent_close_ = false;
};

} // namespace rookery
