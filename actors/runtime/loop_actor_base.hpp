#pragma once

#include "actors/message/close_reason.hpp"
#include "actors/record/snapshot.hpp"

#include <boost/intrusive/set_hook.hpp>
#include <caf/fwd.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rookery {

class loop;

/// The common base of light and pinned actors: they live on one loop, can be
/// called inline there, and can be inspected. Loop thread only.
class loop_actor_base
  : public boost::intrusive::set_base_hook<
      boost::intrusive::link_mode<boost::intrusive::safe_link>,
      boost::intrusive::optimize_size<true>> {
public:
  loop_actor_base(const loop_actor_base&) = delete;
  loop_actor_base& operator=(const loop_actor_base&) = delete;

  /// Handles `element` right now, without allocation. Returns false, with
  /// `element` unchanged, if that would overtake queued messages or re-enter a
  /// running handler: enqueue it instead.
  virtual bool try_invoke(caf::mailbox_element& element) = 0;

  /// Returns the answer of this actor to `inspect`.
  snapshot inspect() const;

  /// Returns true if `query` asks for this actor, ignoring the page cursor.
  bool matches(const listing_query& query) const;

  /// Returns the number by which `order` sorts this actor; 0 if it has none.
  virtual std::uint64_t measure(listing_order order) const;

  /// Returns the name under which it is listed in the order of names; empty: it
  /// is not listed.
  virtual std::string_view listed_name() const noexcept { return {}; }

  /// Ends the client of this actor. Returns false if it has none, or has one
  /// that has already ended.
  virtual bool end_client(close_reason) { return false; }

  /// Returns the loop of this actor; null on a test's execution unit.
  loop* home() const noexcept { return home_; }

  std::uint64_t actor_id() const noexcept { return id_; }

  /// Returns the kind of actor, e.g. "channel".
  virtual std::string_view kind() const noexcept = 0;

  /// Logs and counts an error of this actor, and keeps it for `inspect` and for
  /// its loop's snapshot. `during` names the message or call that failed and
  /// `what` is the text of the exception; neither may hold a payload.
  void note_error(std::string_view during, std::string_view what) noexcept;

protected:
  /// Registers with `home` (null: nowhere).
  loop_actor_base(loop* home, std::uint64_t id);
  ~loop_actor_base();

  /// Returns true if this actor matches the user, channel, protocol, prefix and
  /// gaps of `query`.
  virtual bool is_chosen(const listing_query& query) const;

  /// Adds to `out` the facts of this kind of actor.
  virtual void describe(snapshot& out) const = 0;

  /// Removes this actor from its loop's register. Call once, on the loop's
  /// thread.
  void leave_home() noexcept;

  void count_handled() noexcept { ++handled_; }

private:
  loop* home_;
  std::uint64_t id_;
  std::uint32_t born_; // seconds of the steady clock
  std::uint32_t handled_ = 0;
  std::unique_ptr<const std::string> last_error_; // null: none so far
};

} // namespace rookery
