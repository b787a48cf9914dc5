#pragma once

#include "actors/channel/recent_publications.hpp"
#include "actors/message/bus_messages.hpp"
#include "actors/record/stream_counters.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rookery {

/// The position of one channel on one loop in the channel's history, and the
/// one rule by which it moves. A publication that follows the last one is
/// passed on. Everything else (a jump, another epoch, an interrupted
/// subscription) is only a hint to read the history, whose answer decides.
/// Publications that arrive during a read wait, within limits. Independent of
/// actors; loop thread only.
class channel_stream {
public:
  /// The receiver of the stream's requests. Must not call the stream.
  class owner {
  public:
    /// The next publication, which is at the position now. `is_repaired` if it
    /// did not arrive and was read.
    virtual void advance(const publication_ptr& next, bool is_repaired) = 0;

    /// A publication does not follow the last one: publications between them
    /// may be missing and are going to be read.
    virtual void jumped() = 0;

    /// The missing publications have been read, and passed on.
    virtual void filled() = 0;

    /// The position has another epoch, in which the history goes on.
    virtual void renamed() = 0;

    /// Publications before the position are lost: `trimmed` or `new_epoch`.
    /// `count` is their number; 0: unknown.
    virtual void broken(gap_reason reason, std::uint64_t count) = 0;

    /// Reads the history; leads to `answered` or `failed`. One read at a time.
    virtual void read(const history_request& what) = 0;

  protected:
    ~owner() = default;
  };

  /// Bytes of publications that may wait for an answer.
  static constexpr std::size_t waiting_limit = 1024 * 1024;

  /// Bytes of one read.
  static constexpr std::size_t page_bytes = 256 * 1024;

  /// `memory` limits the publications that all channels of the loop remember;
  /// `all` counts for all these channels. All must outlive the stream.
  channel_stream(owner& to, recent_budget& memory, stream_counters& all)
    : owner_{to}, recent_{memory}, all_{all} {}

  channel_stream(const channel_stream&) = delete;
  channel_stream& operator=(const channel_stream&) = delete;

  /// A publication with an offset has come from the bus.
  void delivered(const publication_ptr& what);

  /// The subscription is confirmed, for the first time or again, or
  /// publications may have been missed. Nothing is read before the first time.
  void interrupted();

  /// Reads the history from the position on: it may have moved, or be another
  /// one. Does nothing before the first `interrupted`.
  void look();

  /// Restarts at the position, after an error that may have left all other
  /// state half changed: later publications are read.
  void restart();

  /// Takes the answer to the read. `step` works it off.
  void answered(std::shared_ptr<const history_page> page);

  /// Returns true while an answer is not worked off. Publications that arrive
  /// meanwhile wait.
  bool has_steps() const noexcept { return work_ != nullptr; }

  /// Works off the next part of the answer: passes on one publication or tells
  /// of one loss, at most.
  void step();

  /// Notes that the read has failed; `retry` repeats it.
  void failed();

  /// Repeats a read that has failed.
  void retry();

  /// Returns true if the position is known and no read is due.
  bool is_current() const noexcept {
    return is_known_ && !is_reading_ && !has_failed_ && !work_;
  }

  bool has_failed() const noexcept { return has_failed_; }

  /// Returns the publications after that offset up to the position; nullopt if
  /// some are not remembered. Valid until any memory of the loop changes.
  std::optional<std::span<const publication_ptr>> recall(std::uint64_t after);

  const stream_position& position() const noexcept { return position_; }

  /// Returns the epochs of the history, as of the last read.
  history_epochs epochs() const noexcept { return {position_.epoch, earlier_}; }

  void count(std::uint64_t stream_counters::*what) noexcept {
    ++(counters_.*what);
    ++(all_.*what);
  }

  /// Counts since the start.
  const stream_counters& counted() const noexcept { return counters_; }

private:
  /// An answer that is being worked off, and the publications that came before
  /// it, in order.
  struct unfinished {
    std::shared_ptr<const history_page> page; // null once it is worked off
    std::vector<publication_ptr> waited;
    std::size_t covered = 0;      // of these, by the answer
    std::size_t next = 0;         // of the page, then of these
    std::uint64_t began_at = 0;   // the offset
    std::uint64_t unfillable = 0; // gaps until then
  };

  bool follows(const publication& what) const;
  void accept(const publication_ptr& what);
  bool has_passed(const publication& what);
  void keep_waiting(const publication_ptr& what);
  void need_read();
  void read();
  void begin_at(const history_page& page);
  void repair();
  void end_repair();
  void look_back(const history_page& page);
  void move_to(const publication_ptr& next, bool is_repaired = false);
  bool has_come(const publication& what) const;
  void break_at(stream_position top, gap_reason reason);
  void work_off(const publication_ptr& waited, bool is_covered);

  owner& owner_;
  stream_position position_;
  std::vector<stream_position> earlier_; // the last positions of other epochs
  std::string last_id_;
  std::vector<publication_ptr> waiting_; // during a read, in order
  std::size_t waiting_bytes_ = 0;
  /// The number of those that came before the read under way: its answer covers
  /// all that they hint at.
  std::size_t waited_before_ = 0;
  std::unique_ptr<unfinished> work_;
  /// The last publications; ends at the position if it is not empty.
  recent_publications recent_;
  stream_counters counters_;
  stream_counters& all_;
  bool is_attached_ = false; // was confirmed at least once
  bool is_known_ = false;
  bool is_reading_ = false;
  bool has_failed_ = false;
  /// True if the read under way may have missed a later publication.
  bool read_again_ = false;
};

} // namespace rookery
