#pragma once

#include "actors/bus_messages.hpp"
#include "actors/snapshot.hpp"
#include "cluster/redis_ports.hpp"

#include <caf/actor_control_block.hpp>

#include <cstdint>
#include <deque>
#include <string_view>

namespace rookery {

/// Hands publishes to the publish link and remembers who asked: a sender gets
/// its `publish_outcome`, a mark of the bus itself is given back to the bus.
class publish_desk {
public:
  /// `link` must outlive the desk and answer in order.
  explicit publish_desk(publish_port& link) : link_{link} {}

  /// Publishes on the channel that Redis calls `name`, as raw text where that
  /// is allowed and in an envelope elsewhere.
  void publish(std::string_view name, const publish_command& command,
               const caf::strong_actor_ptr& sender);

  /// Publishes a mark, which is never 0. Returns false when it was refused.
  bool publish_mark(std::string_view name, std::uint64_t mark);

  /// The link's next answer. Returns the mark that was accepted by it, or 0.
  std::uint64_t answered(publish_verdict verdict, publish_problem problem);

  /// The link has stopped: tells everyone left that the outcome is unknown.
  void close();

  /// Adds the counters to the bus's snapshot.
  void describe(snapshot& out) const;

private:
  struct asker {
    caf::strong_actor_ptr sender;
    std::uint64_t ticket = 0;
    acknowledge when = acknowledge::on_problem;
    std::uint64_t mark = 0;
  };

  std::optional<publish_problem>
  hand_over(std::string_view name, std::string_view payload, const asker& from);
  void tell(const asker& to, publish_verdict verdict, publish_problem problem);

  publish_port& link_;
  std::deque<asker> askers_; // one for every publish under way, in order
  std::uint64_t next_ticket_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t unknown_ = 0;
};

} // namespace rookery
