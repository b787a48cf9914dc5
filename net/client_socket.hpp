#pragma once

#include "actors/message/close_reason.hpp"
#include "net/descriptor.hpp"
#include "net/output_queue.hpp"
#include "net/timer_wheel.hpp"

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace rookery {

class client_socket;
class io_loop;

using client_ptr = boost::intrusive_ptr<client_socket>;

using client_hook = boost::intrusive::list_base_hook<
  boost::intrusive::tag<class session_list>,
  boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

/// One client's socket on its loop, whatever it speaks: reads what comes, sends
/// what is queued, at most one `sendmsg` per turn unless much is queued, and
/// ends so that the client can read the last byte. The loop's session list
/// keeps it alive while the socket is open, and everything of the loop calls it
/// with a reference in hand. Loop thread only; once the socket is gone, the
/// object holds nothing of its loop and may outlive it.
class client_socket : public wheel_entry, public client_hook {
public:
  client_socket(const client_socket&) = delete;
  client_socket& operator=(const client_socket&) = delete;

  io_loop& loop() const noexcept { return loop_; }

  /// The reference count of the whole object.
  virtual void add_reference() noexcept = 0;
  virtual void release_reference() noexcept = 0;

  /// Handles the events that epoll reports for the socket, once per edge.
  void on_events(std::uint32_t events);

  /// Sends the queued output, and reads on if more input waits than one turn
  /// takes. Called once per turn, after `mark_dirty`.
  virtual void end_turn();

  /// Takes no more input unless the protocol's close needs it.
  void pause_input() noexcept { is_paused_ = true; }

  /// Takes input again.
  void resume_input() noexcept {
    is_paused_ = false;
    has_news_ = true;
    mark_dirty();
  }

  /// Pauses input once nothing has come since the last call and all that came
  /// before has been worked off. Returns true then.
  bool finish_input() noexcept;

  /// Stops or resumes taking input, unless the protocol's close needs it.
  void set_held(bool is_held) noexcept;

  /// Ends the connection in the protocol's way.
  virtual void finish(close_reason reason) = 0;

  /// Ends the connection at the end of the turn and drops its queued output.
  virtual void close_without_output(close_reason reason) = 0;

  /// Ends the connection and gives up its unfinished input at once.
  virtual void cut_input() = 0;

  /// Cuts the socket now and reports that.
  void shut(close_reason reason);

  /// Cuts the socket now and reports nothing.
  void drop() noexcept;

  std::size_t output_cost() const noexcept { return output_.cost(); }

  friend void intrusive_ptr_add_ref(client_socket* self) noexcept {
    self->add_reference();
  }

  friend void intrusive_ptr_release(client_socket* self) noexcept {
    self->release_reference();
  }

protected:
  client_socket(io_loop& loop, descriptor socket) noexcept;

  ~client_socket();

  /// Enters the loop's list and the poller. Once, before anything else.
  /// `predecessor` is the client that the poller knows the socket by; null if
  /// the socket is new there.
  void enlist(const client_ptr& predecessor = nullptr);

  /// Queues `bytes` for the end of the turn.
  void send(frame_ptr bytes);

  /// Asks for `end_turn`.
  void mark_dirty();

  /// Sends the queued output now. Reports nothing: a broken socket is shut at
  /// the end of the turn.
  void flush();

  /// Sends the queued output even if epoll has not reported room: it does so
  /// only once a third of the kernel's buffer is free.
  void flush_anyway();

  /// Returns true if the kernel has taken nothing for that long.
  bool has_stalled(std::chrono::milliseconds patience) const noexcept;

  /// Drops the queued output, except the rest of a frame that is on its way.
  void drop_output() noexcept;

  /// Shuts the socket at the end of the turn.
  void break_off();

  /// Sends the queued output, ends our stream, and throws the client's input
  /// away until it ends, for `patience` at most since it last took output:
  /// closing with unread input would reset the connection and destroy our last
  /// bytes on their way.
  void linger(std::chrono::milliseconds patience);

  void set_deadline(std::chrono::milliseconds delay);

  bool is_live() const noexcept { return phase_ == phase::live; }

  bool is_paused() const noexcept {
    return is_paused_ || is_held_ || is_throttled_;
  }

  bool is_throttled() const noexcept { return is_throttled_; }

  /// Stops or resumes taking input because of its rate.
  void set_throttled(bool is_throttled) noexcept {
    is_throttled_ = is_throttled;
    if (!is_throttled)
      mark_dirty();
  }

  /// Returns true while a sign of life could not be noticed: no input is taken,
  /// and no output waits for the client.
  bool is_deaf() const noexcept { return is_paused() && !waits_to_write_; }

  /// Counts the connection at its place in the loop's book until it ends.
  void set_place(std::uint32_t place) noexcept { place_ = place; }

  /// Gives the place to the socket's next owner.
  std::uint32_t take_place() noexcept { return std::exchange(place_, 0); }

  /// Keeps the address of a client whose socket is its proxy's.
  void set_told_address(const std::string& address);

  /// Returns the address kept by `set_told_address`, else that of the socket;
  /// empty if it is not connected any more.
  std::string client_address() const;

  /// Gives the socket away; this object ends by that, without a report. It must
  /// live until the socket is closed or its next owner is enlisted.
  descriptor release_socket();

  int native_handle() const noexcept { return socket_.native_handle(); }

  const output_queue& output() const noexcept { return output_; }

  /// Returns true if the kernel took output since the last call: the client
  /// reads. A deadline for reading it counts from there.
  bool made_progress() noexcept {
    const bool result = made_progress_;
    made_progress_ = false;
    return result;
  }

  /// Returns true unless output waits of which the kernel has taken nothing
  /// since the last call of `made_progress`.
  bool takes_output() const noexcept {
    return made_progress_ || !waits_to_write_;
  }

  /// Returns true if there was a sign of life since the last call.
  bool was_heard() noexcept {
    const bool result = was_heard_;
    was_heard_ = false;
    return result;
  }

private:
  enum class phase : std::uint8_t { live, lingering, shut };

  /// Input of a live client; `bytes` is valid during the call.
  virtual void received(std::span<const unsigned char> bytes) = 0;

  /// Returns true if a live client's input is wanted now. Called at the end of
  /// a turn, so call `mark_dirty` when the answer becomes true.
  virtual bool wants_input() const noexcept = 0;

  /// A live client has ended its stream.
  virtual void input_ended() { shut(close_reason::peer_gone); }

  /// The deadline of a live client has come.
  virtual void deadline() = 0;

  /// The socket is gone. Once.
  virtual void on_shut(close_reason reason) = 0;

  /// Called when the socket is gone or given away: frees what else belongs to
  /// the loop.
  virtual void leave_loop() noexcept {}

  void expire() final;
  void disconnect() noexcept;
  bool has_input() const noexcept;
  bool takes_input() const noexcept;
  void wait_to_write();
  void read();
  void read_on();
  void discard(std::size_t size);
  void end_output();

  io_loop& loop_;
  // Its padding holds the members after it.
  [[no_unique_address]] output_queue output_;
  phase phase_ : 2 = phase::live;
  /// Input, its end or an error may wait in the socket.
  bool is_readable_ : 1 = false;
  bool waits_to_write_ : 1 = false;
  bool hears_of_output_ : 1 = false;
  bool was_heard_ : 1 = false;
  bool made_progress_ : 1 = false;
  bool is_dirty_ : 1 = false;
  bool is_broken_ : 1 = false;
  bool is_paused_ : 1 = false;
  bool is_held_ : 1 = false;
  /// Input has come since the last call of `finish_input`.
  bool has_news_ : 1 = true;
  /// The peer's stream ends after the bytes in the socket.
  bool is_input_ending_ : 1 = false;
  bool has_input_ended_ : 1 = false;
  bool has_output_ended_ : 1 = false;
  bool has_told_address_ : 1 = false;
  descriptor socket_;
  std::uint32_t discarded_ : 31 = 0;
  bool is_throttled_ : 1 = false; // here, because there is room
  /// The wheel's tick at which the kernel took output last, lower byte.
  std::uint8_t taken_at_ = 0;
};

} // namespace rookery
