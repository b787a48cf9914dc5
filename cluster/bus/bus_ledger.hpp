#pragma once

#include "actors/record/ledger.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The last publications that one bus sent and received, of all channels.
/// Storage is allocated with the first one. For the thread of its bus.
class bus_ledger {
public:
  using time_point = std::chrono::steady_clock::time_point;

  static constexpr std::size_t capacity = 8192;

  struct fan_out_result {
    std::uint16_t loops = 0;
    std::uint16_t dropped = 0;
  };

  /// Notes a publication that is under way, with an unknown outcome. Returns a
  /// number for `answered`, never 0.
  std::uint64_t sent(std::string_view channel, std::size_t bytes,
                     time_point now);

  /// Notes the outcome, unless the publication was overwritten already. An
  /// `offset` of 0 means unknown. `error` is the text of Redis' error, if there
  /// was one.
  void answered(std::uint64_t number, publish_verdict verdict,
                publish_problem problem, std::uint64_t offset = 0,
                std::string_view error = {});

  void received(std::string_view channel, std::uint64_t offset,
                std::size_t bytes, fan_out_result to, time_point now);

  /// Returns the entries of a channel.
  bus_ledger_page list(const bus_ledger_query& query) const;

private:
  struct entry {
    std::uint64_t channel; // hash of its name
    time_point at;
    std::uint64_t offset;
    std::uint32_t bytes;
    std::uint32_t error; // number of a text; 0: none
    std::uint16_t loops;
    std::uint16_t dropped;
    publish_verdict verdict;
    publish_problem problem;
    bool is_sent;
  };

  /// Maximum number of different texts of errors; of older ones an entry knows
  /// nothing any more.
  static constexpr std::uint32_t max_texts = 64;

  entry& add();
  std::uint32_t number_of(std::string_view text);
  std::string text_of(std::uint32_t number) const;

  std::unique_ptr<entry[]> entries_; // number n at (n - 1) % capacity
  std::uint64_t last_ = 0;
  std::vector<std::string> texts_; // number n at (n - 1) % max_texts
  std::uint32_t last_text_ = 0;
};

} // namespace rookery
