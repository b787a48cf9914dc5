#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <atomic>
#include <cstddef>
#include <utility>

namespace rookery {

/// Bytes on their way from one loop to another: the sender reads it before it
/// sends more, so that no mailbox grows without bound. Any thread.
class backlog : public boost::intrusive_ref_counter<backlog> {
public:
  std::size_t bytes() const noexcept {
    return bytes_.load(std::memory_order_relaxed);
  }

private:
  friend class charge;
  std::atomic<std::size_t> bytes_{0};
};

using backlog_ptr = boost::intrusive_ptr<backlog>;

/// Counts a message's bytes in a backlog for as long as the message exists;
/// copies count again. An empty charge counts nowhere.
class charge {
public:
  charge() = default;

  charge(backlog_ptr where, std::size_t bytes)
    : where_{std::move(where)}, bytes_{bytes} {
    add();
  }

  charge(const charge& other) : where_{other.where_}, bytes_{other.bytes_} {
    add();
  }

  charge(charge&& other) noexcept
    : where_{std::move(other.where_)}, bytes_{other.bytes_} {}

  charge& operator=(charge other) noexcept {
    std::swap(where_, other.where_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  ~charge() {
    if (where_)
      where_->bytes_.fetch_sub(bytes_, std::memory_order_relaxed);
  }

private:
  void add() noexcept {
    if (where_)
      where_->bytes_.fetch_add(bytes_, std::memory_order_relaxed);
  }

  backlog_ptr where_;
  std::size_t bytes_ = 0;
};

} // namespace rookery
