#pragma once

#include "actors/message/bus_messages.hpp"
#include "cluster/redis/answer_handler.hpp"
#include "cluster/redis/redis_errors.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The state of a link to Redis.
enum class link_state : std::uint8_t {
  stopped,
  waiting,    ///< for the next attempt
  resolving,  ///< the host's name
  connecting, ///< TCP
  signing_in, ///< password, first PING
  restoring,  ///< subscriptions
  up,
};

std::string_view to_string(link_state state) noexcept;

/// The interface of a link to Redis, as the bridge uses it. Loop thread only.
/// Only `stop` and `drop` may call the events before they return.
class redis_port {
public:
  virtual ~redis_port() = default;

  virtual void start() = 0;

  /// Stops for good: answers all pending commands, then reports nothing any
  /// more.
  virtual void stop() = 0;

  /// Drops the connection; the next attempt follows automatically. `reason` is
  /// for the log.
  virtual void drop(std::string_view reason) = 0;

  virtual link_state state() const noexcept = 0;

  /// Number of lost connections and failed attempts so far.
  virtual std::uint64_t failures() const noexcept = 0;

  /// The reason of the last one; empty if there was none.
  virtual std::string_view last_failure() const noexcept = 0;

  /// The errors that Redis has answered.
  virtual const redis_errors& errors() const noexcept = 0;
};

class subscribe_port : public redis_port {
public:
  /// Subscribes to `name` until `unwant`, and again after every loss of the
  /// connection.
  virtual void want(std::string_view name) = 0;

  virtual void unwant(std::string_view name) = 0;

  /// Subscribes again to a confirmed name because Redis has lost the
  /// subscription; `confirmed` is reported again.
  virtual void renew(std::string_view name) = 0;

  virtual bool is_confirmed(std::string_view name) const = 0;

  /// Appends about `most` confirmed names to `names`, beginning at position
  /// `from`, which is 0 in the first call. Returns the position for the next
  /// call, or 0 at the end. Names that are added or removed between calls may
  /// be missed.
  virtual std::size_t
  confirmed_names(std::size_t from, std::size_t max_count,
                  std::vector<std::string>& names) const = 0;

  virtual std::size_t wanted() const noexcept = 0;
  virtual std::size_t confirmed() const noexcept = 0;

  /// Number of wanted names that Redis refuses at present.
  virtual std::size_t refused() const noexcept = 0;
};

class publish_port : public redis_port {
public:
  /// Publishes `payload` on `name`. `then` gets the answer through
  /// `publish_events::answered`, in the order of all publishes and calls. If
  /// the publish is refused, returns the reason and leaves `then` unchanged.
  virtual std::optional<publish_problem> publish(std::string_view name,
                                                 std::string_view payload,
                                                 answer_handler& then) = 0;

  /// Calls a script; `command` is the encoded call. Otherwise like `publish`.
  /// An accepted call has a reply.
  virtual std::optional<publish_problem> call(std::string_view command,
                                              answer_handler& then) = 0;

  /// Sends a command that is no script; otherwise like `call`.
  virtual std::optional<publish_problem> ask(std::string_view command,
                                             answer_handler& then) = 0;

  /// The text of the error because of which no scripts can be called; empty if
  /// they can. Calls are then refused with `rejected`.
  virtual std::string_view script_refusal() const noexcept = 0;

  /// Identifies what Redis has in memory: it changes when Redis restarts, or is
  /// made the master. Empty if Redis does not tell.
  virtual std::string_view run() const noexcept = 0;

  /// Counts an error that a script has met and returned in its reply.
  virtual void note(const redis_error& what, std::string_view subject) = 0;

  virtual std::size_t unanswered() const noexcept = 0;
  virtual std::size_t unanswered_bytes() const noexcept = 0;
};

/// The receiver of the reports of a link.
class link_events {
public:
  /// Redis has answered with an error, the first of its word in a while (see
  /// `redis_errors`). `subject` is a channel of Redis or a command.
  virtual void error_noted(const redis_error& what,
                           std::string_view subject) = 0;

protected:
  ~link_events() = default;
};

/// The receiver of the subscribe link's reports. Views are valid during the
/// call.
class subscribe_events : public virtual link_events {
public:
  /// The link is up and all wanted names are confirmed.
  virtual void subscribe_link_up() = 0;

  /// The link was lost after Redis had accepted the sign-in.
  virtual void subscribe_link_down() = 0;

  /// Redis has confirmed the subscription of `name`, for the first time or
  /// again.
  virtual void confirmed(std::string_view name) = 0;

  /// This user of Redis has no right to subscribe to `name`. It is tried again
  /// now and then, and refused again.
  virtual void denied(std::string_view name) = 0;

  virtual void received(std::string_view name, std::string_view payload) = 0;

  /// A message on `name` exceeded the size limit; the link is dropped because
  /// of it.
  virtual void oversized(std::string_view name) = 0;

protected:
  ~subscribe_events() = default;
};

/// The receiver of the publish link's reports.
class publish_events : public virtual link_events {
public:
  virtual void publish_link_up() = 0;
  virtual void publish_link_down() = 0;

  /// The server is no master: other links to it should look for the master,
  /// too.
  virtual void no_master(std::string_view reason) = 0;

  /// A publish or call has ended: passes the answer to its handler `then`.
  virtual void answered(answer_handler& then, const redis_answer& answer) = 0;

protected:
  ~publish_events() = default;
};

} // namespace rookery
