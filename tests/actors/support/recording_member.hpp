#pragma once

#include "actors/channel/frame_cache.hpp"
#include "actors/channel/member.hpp"
#include "actors/message/subscription.hpp"
#include "actors/plain/plain_formats.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rookery::test {

/// A member that records the messages of its channel.
class recording_member final : public member {
public:
  void subscribed(subscription&, const member_entry& how) override {
    ++confirmations;
    if (how.position)
      position = *how.position;
    is_recovered = how.is_recovered;
    for (const auto& each : how.missed)
      payloads.emplace_back(each->data());
  }

  bool deliver(subscription&, frame_cache& frames) override {
    if (ending || (frames.can_wait() && !has_room()))
      return false;
    if (frames.can_wait())
      --room;
    payloads.emplace_back(frames.what().data());
    last_frame = frames.frame_for(format_of(plain_form::websocket));
    if (on_delivery)
      on_delivery();
    return true;
  }

  bool has_room() override { return room > 0; }

  member_facts facts() const override { return {id, user, queued, ending}; }

  void missed(subscription&, gap_reason reason) override {
    gaps.push_back(reason);
  }

  void renamed(subscription&, const stream_position& now) override {
    position = now;
    ++renames;
  }

  void failed(std::string_view during,
              std::string_view what) noexcept override {
    failures.push_back(std::string{during} + ": " + std::string{what});
    ending = close_reason::internal_error;
  }

  int confirmations = 0;
  int renames = 0;
  stream_position position;
  bool is_recovered = false;
  std::vector<std::string> payloads;
  std::vector<gap_reason> gaps;
  std::vector<std::string> failures;
  frame_ptr last_frame;
  std::function<void()> on_delivery;
  std::uint64_t id = 0;
  std::string user;
  std::size_t queued = 0;
  /// The number of publications that can wait for which it has room.
  std::size_t room = 1'000'000;
  /// The reason with which deliveries are refused, if they are.
  std::optional<close_reason> ending;
};

} // namespace rookery::test
