#pragma once

#include "cluster/redis/log_pace.hpp"
#include "cluster/redis/redis_connection.hpp"
#include "cluster/redis/redis_errors.hpp"
#include "cluster/redis/redis_options.hpp"
#include "cluster/redis/redis_ports.hpp"
#include "cluster/shared/backoff.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// A connection to Redis that is replaced after every loss: it resolves,
/// connects and signs in within a deadline, checks that Redis is alive and no
/// replica, and after a loss tries again with a new connection and a longer
/// pause. The derived class decides what else is sent on it. Loop thread only;
/// pending operations keep it alive.
class redis_link : public std::enable_shared_from_this<redis_link>,
                   private redis_connection::listener {
public:
  using tcp = boost::asio::ip::tcp;
  using arguments = std::span<const std::string_view>;

  redis_link(const redis_link&) = delete;
  redis_link& operator=(const redis_link&) = delete;
  virtual ~redis_link() = default;

protected:
  /// `name` is shown in the log, `bounds` are the limits of one reply, `random`
  /// provides the jitter of the pauses.
  redis_link(io_loop& loop, const redis_options& options, std::string_view name,
             redis_reply::limits bounds, std::function<double()> random);

  /// Called when the connection is lost, or could not be made: drop the state
  /// that belonged to it.
  virtual void forget() = 0;

  /// The commands of the link itself.
  enum class own_command : std::uint8_t { auth, ping, role };

  /// Sends a command of the link itself; its reply goes to `answer`.
  virtual void send(own_command what, arguments command) = 0;

  void replied(const redis_reply& reply) override = 0;

  void refused(const redis_reply&) override { lost("reply too large"); }

  bool flushing(std::string&) override { return false; }

  /// Called after Redis has accepted the sign-in: do the remaining work, then
  /// call `ready`.
  virtual void prepare() = 0;

  virtual void went_up() = 0;

  /// Called when the connection is lost after `prepare` was called.
  virtual void went_down() = 0;

  /// Returns true if the derived link has waited too long for an answer.
  virtual bool is_overdue() = 0;

  /// Called several times per ping interval after the sign-in.
  virtual void look_after() = 0;

  /// Called when the server turns out to be no master, in any state: other
  /// links should look for it anew, too.
  virtual void found_no_master(std::string_view) {}

  /// Returns true if ROLE can be asked after the sign-in, too.
  virtual bool can_ask_role() const noexcept { return false; }

  void begin();
  void end();
  void ready();

  /// Closes the connection and schedules the next attempt. `reason` never
  /// contains anything that Redis or a client sent, except the text of a
  /// `redis_error`.
  void lost(std::string_view reason);

  /// The same for a server that is no master.
  void lost_master(const std::string& reason);

  /// Takes the reply to a command of the link itself.
  void answer(own_command what, const redis_reply& reply);

  /// Counts an error that Redis has answered. Ends the connection if the error
  /// says that the server must not be used. Returns true if it stays.
  bool tolerates(const redis_error& what, std::string_view subject = {});

  void note_error(const redis_error& what, std::string_view subject) {
    if (errors_.note(what, subject))
      error_noted(what, subject);
  }

  /// Called when an error was counted and logged.
  virtual void error_noted(const redis_error& what,
                           std::string_view subject) = 0;

  link_state current() const noexcept { return state_; }

  const redis_errors& all_errors() const noexcept { return errors_; }

  std::string_view last_reason() const noexcept { return last_reason_; }

  std::uint64_t losses() const noexcept { return losses_; }

  /// The current connection; null if there is none.
  redis_connection* stream() noexcept { return stream_.get(); }

  /// Bytes of commands that the last connection had not written when it was
  /// closed.
  std::size_t unsent() const noexcept { return unsent_; }

  const redis_options& options() const noexcept { return options_; }

private:
  using clock = std::chrono::steady_clock;

  void resolve();
  void resolved(std::vector<tcp::endpoint> endpoints);
  void connect_next();
  void disconnect();
  void opened() override;
  void answer_auth(const redis_reply& reply);
  void answer_ping(const redis_reply& reply);
  void answer_role(const redis_reply& reply);
  void signed_in();

  void heard() override { heard_ = true; }

  void failed(std::string_view reason) override { lost(reason); }

  void watch();
  void look();
  void wait_to_retry();
  void tell_loss(std::string_view reason);
  void after(std::chrono::milliseconds delay, void (redis_link::*then)());
  void deadline_passed();

  io_loop& loop_;
  const redis_options options_;
  const std::string name_;
  const redis_reply::limits bounds_;
  backoff pauses_;
  boost::asio::steady_timer timer_;
  tcp::resolver resolver_;
  std::vector<tcp::endpoint> endpoints_; // to be tried, from the back
  std::shared_ptr<redis_connection> stream_;
  std::size_t unsent_ = 0;
  link_state state_ = link_state::stopped;
  std::uint64_t attempt_ = 0; // results of older attempts are ignored
  std::uint64_t timer_use_ = 0;
  std::uint64_t losses_ = 0;
  unsigned looks_ = 0;
  bool heard_ = false;
  /// True until Redis refuses ROLE on this connection.
  bool asks_role_ = true;
  clock::time_point up_since_;
  redis_errors errors_;
  log_pace loss_pace_;
  std::string last_reason_;
};

} // namespace rookery
