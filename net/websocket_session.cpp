#include "net/websocket_session.hpp"

#include "actors/message/websocket_frame.hpp"
#include "net/io_loop.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

constexpr unsigned char close_frame_start = 0x88;

/// The bytes of a client's rate that a frame takes at least: even an empty one
/// costs about as much as so many bytes.
constexpr std::size_t frame_cost = 1024;

std::uint32_t stamp_now() noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const auto ticks =
    std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(ticks));
}

} // namespace

class websocket_session::sink final : public reader_sink {
public:
  explicit sink(websocket_session& self) noexcept : self_{self} {}

  void on_message(std::string_view payload, payload_kind kind) override {
    self_.message_due_ = 0;
    self_.lease_->held().release();
    if (self_.current() != stage::open)
      return;
    self_.call_actor("message", [&](inbox& to) { to.message(payload, kind); });
    self_.set_message_bound();
  }

  void on_pong() override { self_.note_pong(); }

  void on_output(frame_ptr bytes) override { self_.emit(std::move(bytes)); }

private:
  websocket_session& self_;
};

websocket_session::websocket_session(std::unique_ptr<accepted_client> accepted)
  : session{std::move(accepted)} {}

void websocket_session::start() {
  enter();
}

void websocket_session::open() {
  if (current() != stage::waiting)
    return;
  set_open();
  sink output{*this};
  lease_ = loop().readers().upgrade(accepted().request, output,
                                    accepted().subprotocol);
  if (!lease_) {
    set_closing(close_reason::protocol_error);
    return linger(loop().limits().linger_timeout);
  }
  is_fresh_ = true;
  ping_due_ = loop().wheel().after(loop().limits().ping_interval);
  schedule();
}

std::chrono::microseconds websocket_session::round_trip() const noexcept {
  return std::chrono::microseconds{round_trip_};
}

void websocket_session::end_turn() {
  // The bytes after the request are read here, not in `open`: the outbox never
  // calls back.
  if (std::exchange(is_fresh_, false) && is_live()) {
    const auto accepted = take_accepted();
    const auto& rest = accepted->rest;
    feed({reinterpret_cast<const unsigned char*>(rest.data()), rest.size()});
  }
  session::end_turn();
}

void websocket_session::received(std::span<const unsigned char> bytes) {
  const auto frames = feed(bytes);
  count_input(bytes.size(), frames);
}

/// Counts what was read; if it was too much for the client's rate, no more is
/// read until a later tick.
void websocket_session::count_input(std::size_t size, std::size_t frames) {
  const auto& rate = loop().limits().input;
  if (rate.per_second == 0)
    return;
  const auto now = loop().wheel().time();
  input_.spend(now, rate, std::max(size, frames * frame_cost));
  if (input_.has_token(now, rate) || current() != stage::open)
    return;
  ++loop().meters().waits.bytes;
  set_throttled(true);
  schedule();
}

bool websocket_session::wants_input() const noexcept {
  // A closing session still has to hear the client's close.
  return current() == stage::closing
         || (current() == stage::open && !is_paused());
}

void websocket_session::cut_input() {
  if (lease_ && current() != stage::waiting)
    end_reading(close_reason::policy_violation);
}

void websocket_session::set_message_bound() {
  lease_->set_message_bound(
    std::min(loop().limits().max_message, actor().longest_message()));
}

/// Returns the number of frames.
std::size_t websocket_session::feed(std::span<const unsigned char> bytes) {
  auto& pool = loop().readers();
  if (!lease_)
    lease_ = pool.lease();
  if (lease_->between_messages())
    set_message_bound();
  sink output{*this};
  const auto before = lease_->frames();
  const auto is_good = lease_->feed(output, bytes);
  const auto frames = lease_->frames() - before;
  if (!is_good) {
    end_reading(lease_->failure());
    return frames;
  }
  if (lease_->between_messages()) {
    message_due_ = 0;
    pool.give_back(std::move(lease_));
    return frames;
  }
  note_unfinished();
  if (message_due_ == 0 && current() == stage::open) {
    message_due_ = loop().wheel().after(loop().limits().message_timeout);
    schedule();
  }
  return frames;
}

/// Enters the unfinished message in the ledger. While input is held the client
/// cannot finish it, so it must not be cut; it has sent little of it.
void websocket_session::note_unfinished() {
  if (is_paused())
    return;
  loop().inputs().hold(lease_->held(), *this, lease_->held_bytes());
  mark_dirty(); // the sum is settled after the flush
}

void websocket_session::end_reading(close_reason reason) {
  lease_.reset();
  set_closing(reason);
  if (!has_sent_close_)
    send(last_frame(reason));
  linger(loop().limits().linger_timeout);
}

void websocket_session::emit(frame_ptr bytes) {
  // Send no frame after our close frame, which Beast does not know of.
  if (current() != stage::open || has_sent_close_)
    return;
  has_sent_close_ = *bytes->data() == close_frame_start;
  send(std::move(bytes));
}

frame_ptr websocket_session::last_frame(close_reason reason) {
  has_sent_close_ = true;
  const auto [code, text] = actor().status_for(reason);
  return encode_close(code, text);
}

void websocket_session::sent_last_frame() {
  set_deadline(loop().limits().close_timeout);
}

void websocket_session::session_deadline() {
  if (current() == stage::closing)
    return shut(reason());
  if (is_throttled()
      && input_.has_token(loop().wheel().time(), loop().limits().input))
    set_throttled(false);
  const auto now = loop().wheel().now();
  if (message_due_ != 0 && message_due_ <= now) {
    if (!is_paused())
      return close(close_reason::policy_violation);
    message_due_ = loop().wheel().after(loop().limits().message_timeout);
  }
  if (ping_due_ <= now)
    check_ping();
  if (current() == stage::open && is_live())
    schedule();
}

void websocket_session::leave_loop() noexcept {
  lease_.reset();
  session::leave_loop();
}

void websocket_session::check_ping() {
  const auto& limits = loop().limits();
  auto& wheel = loop().wheel();
  const auto ticks = [&](std::chrono::milliseconds delay) {
    return wheel.after(delay) - wheel.now();
  };
  if (pinged_at_ == 0) {
    is_pinged_by_actor_ = false;
    auto pings = pinger::nobody;
    call_actor("ping_due", [&](inbox& to) { pings = to.ping_due(); });
    switch (pings) {
    case pinger::nobody:
      ping_due_ = wheel.after(limits.ping_interval);
      return;
    case pinger::actor:
      is_pinged_by_actor_ = true;
      break;
    case pinger::session:
      send(loop().ping());
      ping_stamp_ = stamp_now();
    }
    pinged_at_ = wheel.now();
    was_heard();
    made_progress();
    ping_due_ =
      wheel.after(std::min(limits.ping_interval, limits.pong_timeout));
    return;
  }
  const auto cut_at = pinged_at_ + ticks(limits.pong_timeout);
  // A client that takes no output has not got the ping, whatever it sends.
  if ((was_heard() && takes_output()) || is_deaf()) {
    ping_due_ =
      std::max(pinged_at_ + ticks(limits.ping_interval), wheel.now() + 1);
    pinged_at_ = 0;
  } else if (wheel.now() < cut_at) {
    ping_due_ = cut_at;
  } else if (is_pinged_by_actor_) {
    close(close_reason::ping_timeout);
  } else {
    shut(close_reason::ping_timeout);
  }
}

void websocket_session::note_pong() noexcept {
  if (ping_stamp_ != 0)
    round_trip_ = stamp_now() - std::exchange(ping_stamp_, 0);
}

void websocket_session::schedule() {
  auto due = message_due_ == 0 ? ping_due_ : std::min(ping_due_, message_due_);
  if (is_throttled())
    due = loop().wheel().now() + 1;
  loop().wheel().schedule(*this, due);
}

} // namespace rookery
