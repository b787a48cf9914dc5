#pragma once

#include "actors/client/client_rates.hpp"
#include "actors/client/credit_pool.hpp"
#include "actors/client/turn_gate.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace rookery {

/// The conditions on which the clients of one loop begin commands: their rates,
/// the turns of the loop, and credit by kind of command, so that commands of
/// one kind, however slow, leave the others their room.
struct client_credits {
  /// The limits of all clients of a node, or of one loop.
  struct limits {
    /// Returns the share of one of `loops` loops.
    limits divided_by(unsigned loops) const noexcept {
      const auto share = [loops](credit_pool::limits all) {
        return credit_pool::limits{
          std::max<std::uint64_t>(all.commands / loops, 64),
          std::max<std::uint64_t>(all.bytes / loops, 256 * 1024)};
      };
      auto all_rates = rates;
      auto& of_loop = all_rates.all_new_channels.per_second;
      of_loop = (of_loop + loops - 1) / loops;
      return {share(publishes), share(reads), share(subscriptions), questions,
              all_rates};
    }

    /// Publishes: Redis works off so many in some ten milliseconds, even by
    /// scripts.
    credit_pool::limits publishes{2'048, 8 * 1024 * 1024};
    /// Pages of histories and presence, with the answers.
    credit_pool::limits reads{256, 16 * 1024 * 1024};
    /// Channels that the bus is about to subscribe to or to forget.
    credit_pool::limits subscriptions{8'192, 8 * 1024 * 1024};
    /// Questions to backends; of each loop.
    credit_pool::limits questions{256, 8 * 1024 * 1024};
    client_rates::limits rates = {};
  };

  /// Without `ticks` there are no rates; it must outlive this.
  client_credits(const limits& most, const std::function<void()>& wake,
                 tick_source* ticks = nullptr)
    : rates{most.rates, ticks, wake},
      turns{wake},
      publishes{most.publishes, wake},
      reads{most.reads, wake},
      subscriptions{most.subscriptions, wake},
      questions{most.questions, wake} {}

  /// Gives the waiting clients their turns. Loop thread only.
  void hand_out() {
    turns.open();
    rates.hand_out();
    for (auto* each : {&publishes, &reads, &subscriptions, &questions})
      each->hand_out();
  }

  /// Returns the credit that is spent now, in commands and bytes. Any thread.
  std::uint64_t commands() const noexcept {
    return publishes.commands() + reads.commands() + subscriptions.commands()
           + questions.commands();
  }

  std::uint64_t bytes() const noexcept {
    return publishes.bytes() + reads.bytes() + subscriptions.bytes()
           + questions.bytes();
  }

  client_rates rates;
  turn_gate turns;
  credit_pool publishes;
  credit_pool reads;
  credit_pool subscriptions;
  credit_pool questions;
};

} // namespace rookery
