#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/bridge/redis_keys.hpp"
#include "cluster/bus/bus_record.hpp"
#include "cluster/redis/redis_ports.hpp"

#include <caf/actor_control_block.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// Hands what the bus is asked for to the publish link and remembers who asked:
/// a sender gets its outcome or answer, a mark of the bus itself is given back
/// to the bus.
class redis_requests {
public:
  /// Both must outlive the desk; `link` answers in order. What becomes of
  /// publications goes on `record`.
  redis_requests(publish_port& link, std::string prefix, bus_record& record)
    : link_{link}, keys_{std::move(prefix)}, record_{record} {}

  /// Publishes: with a history or an idempotency key by a script, otherwise
  /// directly, as raw text where that is allowed and in an envelope elsewhere.
  void publish(const publish_command& command,
               const caf::strong_actor_ptr& sender);

  /// Publishes a mark, which is never 0, on the Redis channel `name`. Returns
  /// false when it was refused.
  bool publish_mark(std::string_view name, std::uint64_t mark);

  /// Gets a script's reply, or null and why there is none.
  using reply_handler =
    std::function<void(const redis_reply* reply, publish_problem problem)>;

  /// Calls the script that takes `arguments`, see history_scripts.hpp and
  /// presence_scripts.hpp. `then` is called once: at once when the call is
  /// refused.
  template <class Arguments>
  void call(const Arguments& arguments, reply_handler then) {
    command_.clear();
    append_command(command_, keys_, arguments);
    call_encoded(std::move(then));
  }

  /// The link's next answer: no reply of a script. Returns the mark that was
  /// accepted by it, or 0.
  std::uint64_t answered(publish_verdict verdict, publish_problem problem);

  /// The link's next answer: what a script has replied.
  void replied(const redis_reply& reply);

  /// The link has stopped: tells everyone left that the outcome is unknown.
  void close();

  /// Adds the counters to the bus's snapshot.
  void describe(snapshot& out) const;

private:
  using clock = std::chrono::steady_clock;

  struct asker {
    caf::strong_actor_ptr sender = nullptr;
    std::uint64_t ticket = 0;
    acknowledge when = acknowledge::on_problem;
    std::uint64_t mark = 0;
    std::uint64_t number = 0; // of a publish, in the ledger
    clock::time_point sent = {};
    reply_handler then = nullptr; // of a call that is no publish
  };

  std::optional<publish_problem>
  hand_over(std::string_view name, std::string_view payload, asker from);
  void call_encoded(reply_handler then);
  std::optional<publish_problem> call_link(asker&& from);
  std::optional<publish_problem> publish_directly(const publication& what,
                                                  asker from);
  std::optional<publish_problem>
  publish_by_script(const publish_command& command, asker from);
  asker take_next();
  void note_answer(const asker& to);
  void tell(const asker& to, publish_verdict verdict, publish_problem problem,
            stream_position position = {});

  publish_port& link_;
  redis_keys keys_;
  bus_record& record_;
  std::string command_;      // reused by every call
  std::deque<asker> askers_; // one for every command under way, in order
  std::uint64_t next_ticket_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t unknown_ = 0;
  std::uint64_t calls_ = 0;
};

} // namespace rookery
