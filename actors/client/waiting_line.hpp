#pragma once

#include <boost/intrusive/list.hpp>

namespace rookery {

/// The clients that wait for the same thing, in their order. Each gets turns of
/// a few commands, so that many commands of one client delay nobody else. Loop
/// thread only.
class waiting_line {
public:
  /// A client that waits. Leaves its line when it is destroyed.
  class client : public boost::intrusive::list_base_hook<
                   boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  public:
    /// Carries out commands for as long as the line admits them.
    virtual void go_on() noexcept = 0;

  protected:
    ~client() = default;
  };

  /// The number of commands in one turn of a client while others wait.
  static constexpr unsigned turn = 8;

  bool is_empty() const noexcept { return clients_.empty(); }

  /// Returns true if no other client is before `who`, which is null for a
  /// client that has not waited so far. Counts a command of its turn.
  [[nodiscard]] bool admits(const client* who) noexcept {
    if (clients_.empty())
      return true;
    if (who == nullptr || who != served_ || left_ == 0)
      return false;
    --left_;
    return true;
  }

  /// Adds a client at the end, unless it waits already.
  void add(client& who) {
    if (!who.is_linked())
      clients_.push_back(who);
  }

  /// Moves all clients of `other` to the end.
  void take_over(waiting_line& other) noexcept {
    clients_.splice(clients_.end(), other.clients_);
  }

  /// Gives the first client its turn. There must be one.
  void serve() noexcept {
    auto& first = clients_.front();
    clients_.pop_front();
    served_ = &first;
    left_ = turn;
    first.go_on(); // may destroy it
    served_ = nullptr;
  }

private:
  boost::intrusive::list<client, boost::intrusive::constant_time_size<false>>
    clients_;
  const client* served_ = nullptr; // has its turn
  unsigned left_ = 0;              // commands of that
};

} // namespace rookery
