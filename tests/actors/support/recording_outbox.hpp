#pragma once

#include "actors/outbox.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace rookery::test {

/// An outbox that records the calls of an actor.
class recording_outbox final : public outbox {
public:
  void open() override { ++opened; }

  bool deliver(const frame_ptr& bytes) override {
    if (throws)
      throw std::runtime_error{"no room"};
    if (is_full)
      return false;
    frames.emplace_back(bytes->bytes());
    return true;
  }

  bool offer(const frame_ptr& bytes) override {
    return !congested && deliver(bytes);
  }

  std::optional<close_reason> ending() const noexcept override {
    return is_full ? close_reason::slow_consumer : closed_with;
  }

  void close(close_reason reason) override { closed_with = reason; }

  std::size_t queued_bytes() const noexcept override { return 7; }

  bool is_congested() noexcept override { return congested; }

  void hold_input(bool is_held) override { holds_input = is_held; }

  std::string remote_address() const override { return "127.0.0.9"; }

  std::chrono::microseconds round_trip() const noexcept override {
    return std::chrono::microseconds{42};
  }

  int opened = 0;
  bool is_full = false;
  bool congested = false;
  bool holds_input = false;
  bool throws = false;
  std::vector<std::string> frames;
  std::optional<close_reason> closed_with;
};

} // namespace rookery::test
