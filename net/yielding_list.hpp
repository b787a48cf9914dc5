#pragma once

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <cstddef>
#include <string_view>

namespace rookery {

class yielding_list;

using yielding_hook =
  boost::intrusive::list_base_hook<boost::intrusive::tag<class yielding_list>>;

/// A client that gives way to a new one while it is in a `yielding_list`. Must
/// have left the list when it is destroyed.
class yielding_client : public yielding_hook {
public:
  /// Ends the client.
  virtual void give_way() = 0;

  /// The client's address, as text.
  virtual std::string_view address() const noexcept = 0;

  void stop_yielding() noexcept;

protected:
  ~yielding_client() = default;

private:
  friend class yielding_list;

  yielding_list* list_ = nullptr; // null: it does not yield
};

/// The clients of one loop that give way, the first one first. Loop thread
/// only, except `empty` and `claim`.
class yielding_list {
public:
  yielding_list() = default;
  yielding_list(const yielding_list&) = delete;
  yielding_list& operator=(const yielding_list&) = delete;

  bool empty() const noexcept { return unclaimed_ <= 0; }

  void add(yielding_client& last) noexcept {
    last.stop_yielding();
    last.list_ = this;
    clients_.push_back(last);
    ++unclaimed_;
  }

  /// Ends the first client. Returns false if there is none.
  bool end_first() {
    if (clients_.empty())
      return false;
    end(clients_.front());
    return true;
  }

  /// Ends the first client of that address, or else the first of all: an
  /// address with many clients ends its own. There must be one.
  void end_first_of(std::string_view address) {
    auto found = clients_.begin();
    while (found != clients_.end() && found->address() != address)
      ++found;
    end(found == clients_.end() ? clients_.front() : *found);
  }

  std::size_t size() const noexcept { return clients_.size(); }

  /// Any thread: promises the place of a client to another loop, which then has
  /// `end_claimed` called here. Returns false if there is none.
  bool claim() noexcept {
    auto seen = unclaimed_.load();
    while (seen > 0)
      if (unclaimed_.compare_exchange_weak(seen, seen - 1))
        return true;
    return false;
  }

  /// Ends the first client, unless the claimed one has ended by itself.
  void end_claimed() {
    ++unclaimed_;
    end_first();
  }

private:
  friend class yielding_client;

  static void end(yielding_client& which) {
    which.stop_yielding();
    which.give_way();
  }

  boost::intrusive::list<yielding_client,
                         boost::intrusive::base_hook<yielding_hook>>
    clients_;
  std::atomic<int> unclaimed_ = 0; // negative: claimed ones ended meanwhile
};

inline void yielding_client::stop_yielding() noexcept {
  if (!list_)
    return;
  list_->clients_.erase(list_->clients_.iterator_to(*this));
  --list_->unclaimed_;
  list_ = nullptr;
}

} // namespace rookery
