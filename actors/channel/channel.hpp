#pragma once

#include "actors/channel/catch_up.hpp"
#include "actors/channel/channel_record.hpp"
#include "actors/channel/channel_stream.hpp"
#include "actors/channel/member_round.hpp"
#include "actors/channel/restart_limit.hpp"
#include "actors/interfaces.hpp"
#include "actors/runtime/actor_ref.hpp"
#include "actors/runtime/light_actor.hpp"

#include <caf/message.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rookery {

class frame_cache;
struct member_entry;

/// The parts that a channel with a history needs.
struct history_access {
  /// Reads the history.
  actor_ref<bus_actor> bus;
  /// Shared by the channels of the loop, which it outlives.
  recent_budget& memory;
  stream_counters& counted;
  /// Its limits.
  history_options kept;
};

/// The actor of one channel on one loop: holds the channel's members there and
/// hands them every publication, encoded once for all. A channel with a history
/// reads missed publications from it, so that members see no gap, and hands
/// them to a member whose socket has no room once it has some. A light
/// actor, because a node may have as many channels as connections and an
/// ordinary actor takes a kilobyte more.
///
/// A publication, gap or page for very many members takes several turns of the
/// loop. Letters that arrive meanwhile are postponed, and then handled in
/// order.
///
/// After an exception it restarts with the same members and at the same
/// position: they get the publications that they missed from the history, or
/// are told of a gap. After too many restarts it closes its members.
class channel : public light_actor, private catch_up::owner {
public:
  channel(caf::actor_config& config, std::string name);

  /// A channel that keeps a history.
  channel(caf::actor_config& config, std::string name,
          const history_access& history);

  /// Starts the actor of the channel `name` on `home`, on its thread; `history`
  /// is null if the channel keeps none.
  static actor_ref<channel_actor> start(loop& home, std::string name,
                                        const history_access* history);

  std::string_view kind() const noexcept override { return "channel"; }

  /// Returns a copy of the ledger, with the members that `query` asks for.
  ledger_page look_up(const ledger_query& query) const;

  std::uint64_t measure(listing_order order) const override;

  std::string_view listed_name() const noexcept override {
    return record_.name();
  }

protected:
  outcome receive(caf::mailbox_element& element, caf::message& reply) override;

private:
  using time_point = std::chrono::steady_clock::time_point;

  struct kept_history {
    kept_history(const history_access& from, channel& to)
      : bus{from.bus},
        stream{to, from.memory, from.counted},
        late{to, stream, from.memory, from.kept} {}

    actor_ref<bus_actor> bus;
    channel_stream stream;
    catch_up late;
    std::uint64_t last_ticket = 0;
    std::uint64_t ticket = 0;      // of the stream's read under way
    std::uint64_t late_ticket = 0; // of the catch-up's
    time_point seen{};             // of the publication being delivered
  };

  outcome take(caf::type_erased_tuple& content, caf::message& reply);

  void deliver(const delivery& next);
  void confirm(confirm_atom);
  void tell_gap(const gapped& gap);
  void take_history(const history_answer& answer);
  void retry(tick_atom);
  void end_patience(beat_atom);
  void join(join_atom, const subscription_ptr& newcomer);
  void resume(resume_atom, const subscription_ptr& place);
  void leave(const departure& what);

  void retire(retire_atom) { quit(); }

  void proceed(proceed_atom);

  snapshot look(inspect_atom) { return inspect(); }

  // channel_stream::owner
  void advance(const publication_ptr& next, bool is_repaired) override;

  void jumped() override { record_.gap("jump"); }

  void filled() override { record_.repaired(); }

  void renamed() override;
  void broken(gap_reason reason, std::uint64_t count) override;
  void read(const history_request& what) override;

  // catch_up::owner
  void read_past(const history_range& what) override;
  void admit(const subscription_ptr& newcomer, bool is_recovered,
             std::span<const publication_ptr> missed) override;
  bool has_room(subscription& newcomer) override;
  bool hand_to(subscription& place, const publication& what) override;
  void lost(subscription& place, std::uint64_t count) override;
  void resume_later(const subscription_ptr& place) override;

  void recover() override;
  void restart();
  void give_up();
  void tell_all(gap_reason reason);
  void refuse();
  bool hand_to(subscription& place, frame_cache& frames);
  void refused(subscription& place, member& by, const frame_cache& what);
  void enter(const subscription_ptr& newcomer,
             const stream_position* recovered_from = nullptr);
  void ask(history_request what, std::uint64_t& ticket);
  void take_page(const std::shared_ptr<const history_page>& page);
  void take_past(const history_page* page);
  void hand_out(const publication_ptr& next, bool is_repaired, time_point seen);

  /// Calls `visit` with each of the places, in this turn and later ones. It
  /// must not throw.
  template <class Visit>
  void visit_all(std::span<const subscription_ptr> places, Visit visit) {
    home()->add_work(std::min(places.size(), member_round::slice));
    round_.begin(places, std::move(visit));
  }

  bool has_work() const noexcept;
  void work();
  void postpone(caf::mailbox_element& letter);
  void handle_postponed();
  void proceed_later();
  void plan_retry();
  void plan_patience();
  void describe(snapshot& out) const override;
  bool is_chosen(const listing_query& query) const override;
  void on_exit() override;

  channel_record record_;
  std::vector<subscription_ptr> members_;
  std::unique_ptr<kept_history> history_; // null in a channel without history
  member_round round_;
  /// Null while no letters are postponed.
  std::unique_ptr<std::deque<caf::message>> postponed_;
  // Its padding holds the members after it.
  [[no_unique_address]] restart_limit restarts_;
  bool confirmed_ = false;
  bool is_refused_ = false; // by the bus, which has not confirmed since
  bool is_broken_ = false;  // failed too often: its members are closed
  bool is_patience_planned_ = false;
};

} // namespace rookery
