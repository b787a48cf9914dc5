#pragma once

#include "actors/client/waiting_line.hpp"
#include "actors/message/credit.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace rookery {

class client_connection;

/// The credit that the clients of one loop share for one kind of command. While
/// it is used up, clients wait in a line. Loop thread only, except `give_back`.
class credit_pool final : public credit_source {
public:
  /// The number of commands from which on clients wait, and the number of
  /// bytes: one command more may exceed it.
  struct limits {
    std::uint64_t commands;
    std::uint64_t bytes;
  };

  /// `wake` is called on any thread, and must lead to a call of `hand_out` on
  /// the loop soon.
  credit_pool(limits most, std::function<void()> wake)
    : most_{most}, wake_{std::move(wake)} {}

  credit_pool(const credit_pool&) = delete;
  credit_pool& operator=(const credit_pool&) = delete;

  /// Returns true if a client may carry out one more command now; see
  /// `waiting_line`.
  [[nodiscard]] bool admits(const waiting_line::client* who) noexcept {
    return has_room() && line_.admits(who);
  }

  /// Adds a client that was not admitted to the queue, unless it is there.
  void queue(waiting_line::client& who);

  /// Lends `to` the credit for a command, more than there is if need be.
  credit lend(client_connection& to, std::size_t bytes);

  /// Gives waiting clients their turns.
  void hand_out();

  void give_back(const caf::strong_actor_ptr& debtor,
                 std::uint32_t bytes) noexcept override;

  std::uint64_t commands() const noexcept { return commands_.load(); }

  std::uint64_t bytes() const noexcept { return bytes_.load(); }

private:
  bool has_room() const noexcept {
    return commands_.load() < most_.commands && bytes_.load() < most_.bytes;
  }

  void await();
  void wake_if_awaited() noexcept;

  const limits most_;
  const std::function<void()> wake_;
  waiting_line line_;
  // The rest is changed by other threads.
  std::atomic<std::uint64_t> commands_{0};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<bool> is_awaited_{false};
};

} // namespace rookery
