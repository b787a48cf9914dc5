#pragma once

#include "actors/message/bus_messages.hpp"
#include "cluster/redis/answer_handler.hpp"

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

/// The two links as the bridge uses them. Loop thread only. No call reports
/// back into the events before it has returned, `drop` excepted.
class redis_port {
public:
  virtual ~redis_port() = default;

  virtual void start() = 0;

  /// For good: commands under way are answered, then nothing is reported any
  /// more.
  virtual void stop() = 0;

  /// Lets the connection fall; the next attempt follows by itself. `reason` is
  /// for the log.
  virtual void drop(std::string_view reason) = 0;

  virtual link_state state() const noexcept = 0;

  /// Connections lost and attempts failed so far.
  virtual std::uint64_t failures() const noexcept = 0;
};

class subscribe_port : public redis_port {
public:
  /// Keeps `name` subscribed from now on, over every loss of the connection.
  virtual void want(std::string_view name) = 0;

  virtual void unwant(std::string_view name) = 0;

  /// Subscribes a confirmed name anew, because Redis has lost it; `confirmed`
  /// will be told again.
  virtual void renew(std::string_view name) = 0;

  virtual bool is_confirmed(std::string_view name) const = 0;

  /// Adds about `most` confirmed names to `names`, those behind the place
  /// `from`, which is 0 at the beginning. Returns the place where to go on; 0:
  /// these were the last. Names that come or go in between may be missed.
  virtual std::size_t
  confirmed_names(std::size_t from, std::size_t most,
                  std::vector<std::string>& names) const = 0;

  virtual std::size_t wanted() const noexcept = 0;
  virtual std::size_t confirmed() const noexcept = 0;
};

class publish_port : public redis_port {
public:
  /// Publishes `payload`. `then` gets the answer through
  /// `publish_events::answered`, in the order of publishes and calls. If the
  /// publish is refused, returns why and does not move from `then`.
  virtual std::optional<publish_problem> publish(std::string_view name,
                                                 std::string_view payload,
                                                 answer_handler& then) = 0;

  /// Sends `command`, the encoded call of a script of ours. Like `publish`; an
  /// accepted call has a reply.
  virtual std::optional<publish_problem> call(std::string_view command,
                                              answer_handler& then) = 0;

  virtual std::size_t unanswered() const noexcept = 0;
  virtual std::size_t unanswered_bytes() const noexcept = 0;
};

/// The reports of the subscribe link. Views are valid during the call.
class subscribe_events {
public:
  /// All wanted names are confirmed.
  virtual void subscribe_link_up() = 0;

  /// A link fell after Redis had accepted it.
  virtual void subscribe_link_down() = 0;

  /// The subscription of `name` stands, for the first time or again.
  virtual void confirmed(std::string_view name) = 0;

  virtual void received(std::string_view name, std::string_view payload) = 0;

  /// A message on `name` was over the limit: the link falls because of it.
  virtual void oversized(std::string_view name) = 0;

protected:
  ~subscribe_events() = default;
};

/// The reports of the publish link.
class publish_events {
public:
  virtual void publish_link_up() = 0;
  virtual void publish_link_down() = 0;

  /// A publish or call has ended: passes the answer to its handler.
  virtual void answered(answer_handler& then, const redis_answer& answer) = 0;

protected:
  ~publish_events() = default;
};

} // namespace rookery
