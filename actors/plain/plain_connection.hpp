#pragma once

#include "actors/client/client_connection.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/plain/plain_bearer.hpp"
#include "actors/plain/plain_formats.hpp"

#include <memory>
#include <optional>
#include <string>

namespace rookery {

/// The request of a client of the plain protocol.
struct plain_request {
  std::string channel;
  plain_form form = plain_form::websocket;
  /// The tag of the client's notices; empty: it wants none.
  std::string notice_tag;
  /// The position in the channel's history from which to recover; null: none.
  std::unique_ptr<const stream_position> since = nullptr;
  /// The claims of the client's token; null: it has none.
  std::unique_ptr<plain_pass> pass = nullptr;
  /// The permissions of the client.
  bool may_subscribe = true;
  bool may_publish = true;
};

/// A client of the plain protocol: publishes each of its messages on its one
/// channel, and gets every publication of the channel unchanged.
class plain_connection : public client_connection {
public:
  // inbox
  void open_overdue() override;
  pinger ping_due() override;

  // member
  void subscribed(subscription& to, const member_entry& how) override;
  bool deliver(subscription& to, frame_cache& frames) override;
  void missed(subscription& to, gap_reason reason) override;
  void renamed(subscription& to, const stream_position& now) override;

protected:
  plain_connection(caf::actor_config& config, loop_services& services,
                   plain_request request);

private:
  // client_connection
  std::string_view protocol() const noexcept override;
  std::string_view user() const noexcept override;

  std::string_view only_channel() const noexcept override { return channel_; }

  void describe_client(snapshot& out) const override;
  std::optional<client_input> read(const client_input& what) override;
  void on_begin() override;
  void on_room() override;
  void on_ended() override;
  void publish_answered(const publish_outcome& result) override;

  /// The parts of a request that few clients have.
  struct extras {
    std::string notice_tag;                       // empty: no notices
    std::unique_ptr<const stream_position> since; // until it joins
  };

  void catch_up(const member_entry& how);
  void tell_position(const stream_position& what);
  void open();

  bool sends_gaps() const noexcept {
    return form_ == plain_form::sse || has_notices();
  }

  bool has_notices() const noexcept {
    return extras_ && !extras_->notice_tag.empty();
  }

  // First, because the base class leaves room for them.
  plain_form form_;
  bool recovers_;
  bool may_subscribe_;
  bool may_publish_;
  bool open_ = false;
  loop_services& services_;
  subscription_ptr place_;
  std::unique_ptr<extras> extras_;       // null: none
  std::unique_ptr<plain_bearer> bearer_; // null: without a token
  std::string channel_;
};

} // namespace rookery
