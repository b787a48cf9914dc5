#pragma once

#include "actors/snapshot.hpp"

#include <boost/intrusive/set_hook.hpp>
#include <caf/fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery {

class loop;

/// What light and pinned actors have in common: they live on one loop, can be
/// called inline there, and can be inspected. Loop thread only.
class resident : public boost::intrusive::set_base_hook<
                   boost::intrusive::link_mode<boost::intrusive::safe_link>,
                   boost::intrusive::optimize_size<true>> {
public:
  resident(const resident&) = delete;
  resident& operator=(const resident&) = delete;

  /// Handles `element` right now, without allocation. Returns false, with
  /// `element` untouched, when that would overtake queued messages or re-enter
  /// a running handler: enqueue it instead.
  virtual bool try_invoke(caf::mailbox_element& element) = 0;

  /// Returns what this actor answers to `inspect`.
  snapshot inspect() const;

  /// The loop this actor lives on; null on a test's execution unit.
  loop* home() const noexcept { return home_; }

  std::uint64_t resident_id() const noexcept { return id_; }

  /// The kind of actor, e.g. "channel".
  virtual std::string_view kind() const noexcept = 0;

protected:
  /// Registers with `home` (null: nowhere).
  resident(loop* home, std::uint64_t id);
  ~resident();

  /// Adds what only this actor knows to `out`.
  virtual void describe(snapshot& out) const = 0;

  /// Takes this actor off its loop's register. Call once, on the loop's thread.
  void leave_home() noexcept;

  void count_handled() noexcept { ++handled_; }

private:
  loop* home_;
  std::uint64_t id_;
  std::uint32_t born_; // seconds of the steady clock
  std::uint32_t handled_ = 0;
};

} // namespace rookery
