#pragma once

#include "actors/bus_directory.hpp"
#include "actors/runtime/loop.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "cluster/bridge/connect_redis.hpp"
#include "cluster/memory/local_bus.hpp"
#include "net/io_loop.hpp"
#include "tests/cluster/support/line_log.hpp"
#include "tests/cluster/support/recording_channel.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

namespace rookery::test {

/// A channel actor on a real loop that records its messages. With `keeps` it
/// also holds on to the publications, as if its loop were behind.
class recording_channel final : public pinned_actor<channel_actor> {
public:
  recording_channel(caf::actor_config& config, line_log& log)
    : pinned_actor{config}, log_{log} {}

  std::string_view kind() const noexcept override { return "recorder"; }

  behavior_type make_behavior() override {
    return recording_behavior(
      [this](const delivery& next) {
        if (keeps)
          kept.push_back(next);
        log_.add(text_of(*next.what));
      },
      [this](std::string line) { log_.add(std::move(line)); },
      [this] { quit(); });
  }

  /// Such as "data", "binary:data", "7:data" with an offset, "join:client".
  static std::string text_of(const publication& what) {
    switch (what.fields().event()) {
    case publication_event::join:
      return "join:" + std::string{what.fields().find(field_tag::client)};
    case publication_event::leave:
      return "leave:" + std::string{what.fields().find(field_tag::client)};
    default:
      return (what.offset() > 0 ? std::to_string(what.offset()) + ":" : "")
             + (what.kind() == payload_kind::text ? "" : "binary:")
             + std::string{what.data()};
    }
  }

  bool keeps = false;
  std::vector<delivery> kept;

private:
  line_log& log_;
};

/// Two running loops, and one kind of bus on them. Drive it from one thread.
class bus_rig {
public:
  /// Called with the first loop; returns the buses.
  using starter = std::function<std::vector<actor_ref<bus_actor>>(bus_rig&)>;

  explicit bus_rig(const starter& start_buses) {
    for (unsigned i = 0; i < 2; ++i)
      parts.push_back(std::make_unique<part>(system, i, limits, budget));
    buses.emplace(start_buses(*this));
    for (auto& each : parts)
      each->io.start(each->actors);
    self.emplace(system);
  }

  ~bus_rig() {
    if (self)
      end();
  }

  /// Ends the buses and then the loops, in the order in which a node does it.
  /// The handles of the buses stay.
  void end() {
    for (const auto& each : recorders)
      caf::anon_send_exit(each.handle(), caf::exit_reason::kill);
    for (const auto& each : buses->all())
      caf::anon_send_exit(each.handle(), caf::exit_reason::user_shutdown);
    self.reset();
    system.await_all_actors_done();
    for (auto& each : parts)
      each->io.stop();
    for (auto& each : parts) {
      each->io.join();
      each->actors.stop();
    }
  }

  /// Returns an empty log that lives until its last writer is gone.
  line_log& new_log() { return logs.emplace_back(); }

  /// Runs `task` on a loop's thread and waits for it.
  void on_loop(unsigned index, const std::function<void()>& task) {
    std::promise<void> done;
    parts[index]->io.post([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  actor_ref<channel_actor> record(unsigned index, line_log& log) {
    actor_ref<channel_actor> result;
    on_loop(index, [&] {
      result =
        spawn_pinned<recording_channel>(system, parts[index]->actors, log);
    });
    recorders.push_back(result);
    return result;
  }

  /// Wants `channel` on a loop; its events go to `log`.
  actor_ref<channel_actor> want_on(unsigned index, const std::string& channel,
                                   line_log& log,
                                   std::uint64_t generation = 1) {
    auto recorder = record(index, log);
    tell({}, buses->owner_of(channel),
         want{channel, index, generation, recorder});
    return recorder;
  }

  void unwant_on(unsigned index, const std::string& channel,
                 std::uint64_t generation = 1) {
    tell({}, buses->owner_of(channel), unwant{channel, index, generation});
  }

  void publish(const std::string& channel, std::string_view data,
               payload_kind kind = payload_kind::text,
               acknowledge when = acknowledge::always,
               publish_terms terms = {}) {
    (*self)->send(buses->owner_of(channel).handle(),
                  publish_command{publication::make(channel, data, kind),
                                  ++ticket, when, charge{}, std::move(terms)});
  }

  /// Publishes and returns the outcome.
  publish_outcome publish_with(const publish_terms& terms,
                               const std::string& channel,
                               std::string_view data) {
    publish(channel, data, payload_kind::text, acknowledge::always, terms);
    return answer<publish_outcome>();
  }

  history_answer read(const std::string& channel, history_request what) {
    (*self)->send(buses->owner_of(channel).handle(),
                  history_query{channel, std::move(what), ++ticket});
    return answer<history_answer>();
  }

  publish_outcome remove(const std::string& channel) {
    (*self)->send(buses->owner_of(channel).handle(),
                  history_removal{channel, ++ticket});
    return answer<publish_outcome>();
  }

  presence_answer who_is_on(const std::string& channel,
                            std::uint32_t limit = 100) {
    (*self)->send(buses->owner_of(channel).handle(),
                  presence_query{channel, limit, ++ticket});
    return answer<presence_answer>();
  }

  /// Waits for the answer to the last question; returns a default after a long
  /// time.
  template <class Message>
  Message answer() {
    Message result{};
    (*self)->receive([&](const Message& seen) { result = seen; },
                     caf::after(std::chrono::seconds{20}) >> [] {});
    if (result.ticket != ticket)
      throw std::runtime_error{"no answer to what was asked last"};
    return result;
  }

  /// Returns the next outcome, "none" after a long time.
  std::string outcome() {
    std::string result = "none";
    (*self)->receive(
      [&](const publish_outcome& seen) {
        result = std::to_string(seen.ticket) + ":"
                 + std::string{to_string(seen.verdict)};
      },
      caf::after(std::chrono::seconds{20}) >> [] {});
    return result;
  }

  bool flush(const std::string& channel) {
    auto good = false;
    (*self)
      ->request(buses->owner_of(channel).handle(), std::chrono::seconds{20},
                flush_atom_v)
      .receive([&](ok_atom) { good = true; }, [](const caf::error&) {});
    return good;
  }

  struct part {
    part(caf::actor_system& system, unsigned index,
         const session_limits& limits, memory_budget& budget)
      : io{index, limits, budget}, actors{system, io, index} {}

    io_loop io;
    loop actors;
  };

  caf::actor_system_config config;
  caf::actor_system system{config};
  session_limits limits;
  memory_budget budget{1 << 20, 2};
  std::deque<line_log> logs;
  std::vector<std::unique_ptr<part>> parts;
  std::optional<bus_directory> buses;
  std::vector<actor_ref<channel_actor>> recorders;
  std::optional<caf::scoped_actor> self;
  std::uint64_t ticket = 0;
};

/// Returns the factory of the in-process bus.
inline bus_rig::starter local_buses(std::size_t backlog_limit) {
  return [backlog_limit](bus_rig& rig) {
    std::vector<actor_ref<bus_actor>> result;
    for (auto& each : rig.parts)
      result.push_back(spawn_bus<local_bus>(
        rig.system, each->actors,
        local_bus_limits{backlog_limit, {1 << 20, 1000, 1000}}));
    return result;
  };
}

/// Returns the factory of a bridge on the first loop; `health` must outlive it.
inline bus_rig::starter redis_bridges(const bridge_options& options,
                                      const redis_options& redis,
                                      bus_health& health) {
  return [options, redis, &health](bus_rig& rig) {
    auto& home = *rig.parts.front();
    return std::vector{spawn_bus<redis_bridge>(
      rig.system, home.actors, options, connect_redis(home.io, redis), health)};
  };
}

/// Polls until `what` holds; false after 20 seconds.
inline bool eventually(const std::function<bool()>& what) {
  const auto deadline =
    std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!what()) {
    if (std::chrono::steady_clock::now() > deadline)
      return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

} // namespace rookery::test
