#pragma once

#include "actors/channel/channel_ledger.hpp"
#include "actors/channel/channel_stream.hpp"
#include "actors/interfaces.hpp"
#include "actors/runtime/actor_ref.hpp"
#include "actors/runtime/light_actor.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace rookery {

struct admission;

/// What a channel with history needs for it.
struct history_access {
  /// Reads the history.
  actor_ref<bus_actor> bus;
  /// Shared by the channels of the loop, which it outlives.
  recent_budget& memory;
  stream_counters& counted;
};

/// The actor of one channel on one loop: holds the channel's members there and
/// hands them every publication, encoded once for all. Where the channel keeps
/// a history it repairs from it what was missed, so that members see nothing of
/// it. A light actor: a node may have as many channels as connections, and an
/// ordinary actor takes a kilobyte more.
class channel final : public light_actor, private channel_stream::owner {
public:
  channel(caf::actor_config& config, std::string name);

  /// A channel that keeps a history.
  channel(caf::actor_config& config, std::string name,
          const history_access& history);

  /// Starts the actor of the channel `name` on `home`, on its thread; `history`
  /// is null where it keeps none.
  static actor_ref<channel_actor> start(loop& home, std::string name,
                                        const history_access* history);

  std::string_view kind() const noexcept override { return "channel"; }

  /// What the ledger has, for its loop.
  ledger_page look_up(const ledger_query& query) const;

  std::uint64_t measure(listing_order order) const override;

  std::string_view listed_name() const noexcept override { return name_; }

private:
  using time_point = std::chrono::steady_clock::time_point;

  struct kept_history {
    kept_history(const history_access& from, channel_stream::owner& to)
      : bus{from.bus}, stream{to, from.memory, from.counted} {}

    actor_ref<bus_actor> bus;
    channel_stream stream;
    /// Who is not let in yet, by the number under which the stream knows them.
    std::vector<subscription_ptr> newcomers;
    std::uint32_t last_number = 0;
    std::uint64_t ticket = 0; // of the read under way
    time_point seen{};        // of what is being delivered
  };

  outcome receive(caf::mailbox_element& element, caf::message& reply) override;

  void deliver(const delivery& next);
  void confirm(confirm_atom);
  void tell_gap(const gapped& gap);
  void take_history(const history_answer& answer);
  void retry(tick_atom);
  void join(join_atom, const subscription_ptr& newcomer);
  void leave(const departure& what);

  void retire(retire_atom) { quit(); }

  snapshot look(inspect_atom) { return inspect(); }

  // channel_stream::owner
  void advance(const publication_ptr& next, bool is_repaired) override;
  void jumped() override;
  void filled() override;
  void broken(gap_reason reason) override;
  void read(const history_request& what) override;
  void admit(std::uint64_t newcomer, bool is_recovered,
             std::span<const publication_ptr> missed) override;

  void tell_all(gap_reason reason);
  void enter(const subscription_ptr& newcomer,
             std::span<const publication_ptr> missed = {});
  void hand_out(const publication_ptr& next, bool is_repaired, time_point seen);

  // channel_record.cpp: what goes on record.
  channel_ledger& ledger();
  void note(handled_publication&& what, time_point seen);
  void note_dropped(subscription& place);
  void note_joined(subscription& place,
                   std::span<const publication_ptr> missed);
  void note_gap(std::string_view why);
  void note_lost(gap_reason why);
  void journal(journal_kind what, std::string_view reason);
  void mark_if_kept(mark_kind what, std::uint64_t connection,
                    std::string_view detail);
  std::uint32_t per_second() const;

  void plan_retry();
  void describe(snapshot& out) const override;
  bool is_chosen(const listing_query& query) const override;
  void on_exit() override;

  std::string name_;
  std::vector<subscription_ptr> members_;
  std::unique_ptr<kept_history> history_; // null in a channel without
  /// Null as long as nothing was published here.
  std::unique_ptr<channel_ledger> ledger_;
  bool confirmed_ = false;
  std::uint64_t publications_ = 0;
  std::uint64_t deliveries_ = 0;
  std::uint64_t gaps_ = 0;
};

} // namespace rookery
