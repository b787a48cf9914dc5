#include "actors/runtime/loop_intake.hpp"

#include <iterator>
#include <utility>

namespace rookery {

namespace {

template <class T>
void move_all(std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()),
            std::make_move_iterator(from.end()));
  from.clear();
}

} // namespace

bool loop_intake::push(loop_letter& item) {
  std::lock_guard guard{mutex_};
  if (is_closed_)
    return false;
  wake_first();
  letters_.push_back(std::move(item));
  return true;
}

bool loop_intake::push_dead(caf::actor_control_block& dead) {
  std::lock_guard guard{mutex_};
  if (is_closed_)
    return false;
  wake_first();
  dead_.emplace_back(&dead);
  return true;
}

void loop_intake::collect(std::vector<loop_letter>& letters,
                          std::vector<caf::weak_actor_ptr>& dead) {
  std::lock_guard guard{mutex_};
  move_all(letters_, letters);
  move_all(dead_, dead);
}

void loop_intake::close() {
  std::lock_guard guard{mutex_};
  is_closed_ = true;
}

std::uint64_t loop_intake::wakes() const {
  std::lock_guard guard{mutex_};
  return wakes_;
}

/// Wakes the loop for the first thing. The lock is held, because the waker may
/// be gone once this is closed.
void loop_intake::wake_first() {
  if (!letters_.empty() || !dead_.empty())
    return;
  ++wakes_;
  waker_.wake();
}

} // namespace rookery
