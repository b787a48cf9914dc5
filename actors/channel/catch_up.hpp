#pragma once

#include "actors/channel/channel_stream.hpp"
#include "actors/channel/recent_publications.hpp"
#include "actors/message/history.hpp"
#include "actors/message/subscription.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rookery {

/// The way of members to the position of their channel: of newcomers that
/// recover, and of members whose sockets took less than was published. Hands
/// each the publications that it lacks, in order, as its socket takes them.
/// They come from the stream's memory, else from the history, a page at a time,
/// and then serve all members that lack them. Independent of actors; loop
/// thread only.
class catch_up {
public:
  /// The receiver of the requests, and of the stream's. Must not call the
  /// catch-up.
  class owner : public channel_stream::owner {
  public:
    /// Reads a page of the history; leads to `answered` or `failed`. One read
    /// at a time.
    virtual void read_past(const history_range& what) = 0;

    /// The newcomer is a member from here on. If it `is_recovered` it gets all
    /// publications after its `from`, `missed` first; else those after the
    /// position.
    virtual void admit(const subscription_ptr& newcomer, bool is_recovered,
                       std::span<const publication_ptr> missed) = 0;

    /// Returns false if the newcomer's socket has no room; `resume` is called
    /// once it has.
    virtual bool has_room(subscription& newcomer) = 0;

    /// Hands a publication to a member that is behind. Returns false if it did
    /// not take it; `resume` is called once there is room.
    virtual bool hand_to(subscription& place, const publication& what) = 0;

    /// The history has lost `count` publications that the member lacks.
    virtual void lost(subscription& place, std::uint64_t count) = 0;

    /// Calls `resume` in a later turn.
    virtual void resume_later(const subscription_ptr& place) = 0;

  protected:
    ~owner() = default;
  };

  /// Bytes of one read.
  static constexpr std::size_t page_bytes = 256 * 1024;

  /// Bytes that one member gets at a time: others get theirs meanwhile.
  static constexpr std::size_t share_bytes = 64 * 1024;

  /// Newcomers and members that are settled in one step.
  static constexpr std::size_t settle_count = 512;

  /// Bytes that newcomers and members get after a read before the rest of them
  /// has to wait for a later turn.
  static constexpr std::size_t settle_bytes = 512 * 1024;

  using time_point = std::chrono::steady_clock::time_point;

  /// `memory` limits the publications that all channels of the loop remember.
  /// All must outlive this. `kept` are the limits of the history: newcomers do
  /// not recover more, even if it is remembered.
  catch_up(owner& to, channel_stream& stream, recent_budget& memory,
           const history_options& kept)
    : owner_{to}, stream_{stream}, kept_{kept}, past_{memory} {}

  /// Notes that the channel has moved at that time.
  void moved(time_point now) noexcept { moved_ = now; }

  /// Notes that the history has lost all publications up to the position.
  void clear() noexcept;

  /// Adds a newcomer, which recovers from its `from`; null: it does not. Leads
  /// to `admit`, now or later.
  void join(const subscription_ptr& newcomer);

  /// Forgets a place whose member has left.
  void leave(const subscription_ptr& place);

  /// Hands the member the next publications if it is behind.
  void resume(const subscription_ptr& place);

  /// The stream may have become current: lets in the newcomers that waited for
  /// that, the first of them now and the others by `step`.
  void settle();

  /// Returns true while newcomers or members are left to settle. Nobody may
  /// join, leave or resume meanwhile.
  bool has_steps() const noexcept { return is_settling_; }

  /// Settles the next of them.
  void step();

  /// Returns the range that a first read of the history should bring for the
  /// newcomers.
  history_range first_range() const;

  /// Remembers what a first read brought.
  void remember(const history_page& page);

  /// Takes the answer to the read, and settles.
  void answered(const history_page& page);

  /// Notes that the read has failed; `retry` repeats it.
  void failed();
  void retry();

  /// Forgets what is known of an epoch that has ended.
  void begin_epoch();

  /// Restarts after an error that may have left state half changed.
  void restart(std::span<const subscription_ptr> members);

  /// Calls `visit` with the place of each newcomer that is not in yet.
  template <class Visit>
  void visit_newcomers(Visit visit) const {
    for (const auto& each : waiting_)
      if (each.place->is_waiting)
        visit(*each.place);
  }

private:
  struct waiter {
    subscription_ptr place;
    /// The history was asked whether it goes on as far as the newcomer says.
    bool is_checked = false;
    bool is_done = false;
  };

  void await_read(const subscription_ptr& place);
  void settle(waiter& which);
  bool let_in(waiter& which);
  bool hand_on(const subscription_ptr& place);
  void admit(const subscription_ptr& newcomer, bool is_recovered,
             std::span<const publication_ptr> missed = {});
  bool needs_read(const subscription& place) const;
  void expire() noexcept;
  void read_next();
  std::span<const publication_ptr> find(std::uint64_t after);

  owner& owner_;
  channel_stream& stream_;
  const history_options kept_;
  /// The last move; the epoch while none was seen.
  time_point moved_{};
  /// Newcomers, and members that wait for a read.
  std::vector<waiter> waiting_;
  /// A run that was read, of the stream's epoch.
  recent_publications past_;
  /// The history has nothing up to this offset.
  std::uint64_t lost_up_to_ = 0;
  std::uint64_t read_after_ = 0; // by the read under way
  std::size_t handed_ = 0;       // bytes, since the settling began
  std::size_t settled_ = 0;      // of those that wait
  bool is_settling_ = false;
  bool is_reading_ = false;
  bool has_failed_ = false;
};

} // namespace rookery
