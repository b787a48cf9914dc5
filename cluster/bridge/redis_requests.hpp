#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/bridge/history_scripts.hpp"
#include "cluster/bridge/redis_keys.hpp"
#include "cluster/bus/bus_record.hpp"
#include "cluster/redis/redis_ports.hpp"

#include <caf/actor_control_block.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// Maps requests to the bus to commands of the publish link, and their answers
/// to the outcomes that are sent to the senders.
class redis_requests {
public:
  /// `link` and `record` must outlive this. The outcomes of publications are
  /// noted in `record`. `ttl` is the time to live of a history's position after
  /// its last use.
  redis_requests(publish_port& link, std::string prefix, bus_record& record,
                 std::chrono::milliseconds ttl = position_ttl)
    : link_{link},
      keys_{std::move(prefix)},
      record_{record},
      position_ttl_{ttl} {}

  /// Publishes. A script is used if there is a history or an idempotency key.
  /// Otherwise the publication is sent directly: as raw text if possible, else
  /// in an envelope.
  void publish(publish_command& command, const caf::strong_actor_ptr& sender);

  /// Publishes a mark on the Redis channel `name`; `accepted` is called once
  /// Redis has accepted it. Returns false if it was refused.
  bool publish_mark(std::string_view name, std::uint64_t mark,
                    std::function<void()> accepted);

  /// Receives the reply of a script; or null and the problem.
  using reply_handler =
    std::function<void(const redis_reply* reply, publish_problem problem)>;

  /// Calls the script that takes `arguments`, e.g. of history_scripts.hpp.
  /// `then` is called once; before this returns if the call is refused.
  template <class Arguments>
  void call(const Arguments& arguments, reply_handler then) {
    command_.clear();
    append_command(command_, keys_, arguments);
    call_encoded(std::move(then));
  }

  /// Sends a command that is no script; otherwise like `call`.
  template <class Arguments>
  void ask(const Arguments& arguments, reply_handler then) {
    command_.clear();
    append_command(command_, keys_, arguments);
    call_encoded(std::move(then), false);
  }

  /// Returns the terms of a command on a history, with a name for a new epoch.
  history_terms terms() const;

  /// Adds the counters to the bus's snapshot.
  void describe(snapshot& out) const;

private:
  /// The sender of a publication that is under way.
  struct publisher {
    credit spent;
    caf::strong_actor_ptr sender;
    std::uint64_t ticket;
    std::uint64_t number; // in the ledger
    acknowledge when;
    bool is_by_script;
  };

  void call_encoded(reply_handler then, bool is_script = true);
  std::optional<publish_problem> publish_directly(const publication& what,
                                                  answer_handler& then);
  std::optional<publish_problem>
  publish_by_script(const publish_command& command, answer_handler& then);
  void conclude(const publisher& from, const redis_answer& answer);
  void tell(const publisher& to, const redis_answer& answer,
            stream_position position = {});

  publish_port& link_;
  redis_keys keys_;
  bus_record& record_;
  const std::chrono::milliseconds position_ttl_;
  std::string command_; // reused by every call
  std::uint64_t accepted_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t unknown_ = 0;
  std::uint64_t calls_ = 0;
};

} // namespace rookery
