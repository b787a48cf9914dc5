#pragma once

#include "actors/message/websocket_frame.hpp"
#include "net/sse_session.hpp"
#include "net/websocket_session.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::test {

/// A session joined with an inbox that records its calls.
template <class Session>
class recording_session final : public Session, public inbox {
public:
  template <class... Ts>
  explicit recording_session(Ts&&... xs) : Session{std::forward<Ts>(xs)...} {
    ++alive;
  }

  void message(std::string_view payload, payload_kind kind) override {
    events.push_back((kind == payload_kind::text ? "text:" : "binary:")
                     + std::string{payload});
    if (on_message)
      on_message(payload);
  }

  void writable() override { events.push_back("writable"); }

  void open_overdue() override { events.push_back("overdue"); }

  void failed(std::string_view during,
              std::string_view what) noexcept override {
    events.push_back("failed:" + std::string{during} + ": "
                     + std::string{what});
    this->close(close_reason::internal_error);
  }

  void closed(close_reason reason) override {
    events.push_back("closed:" + std::string{to_string(reason)});
  }

  void add_reference() noexcept override { ++references_; }

  void release_reference() noexcept override {
    if (--references_ == 0)
      delete this;
  }

  std::vector<std::string> events;
  std::function<void(std::string_view)> on_message;

  inline static int alive = 0;

private:
  ~recording_session() { --alive; }

  inbox& actor() noexcept override { return *this; }

  int references_ = 0;
};

using recording_websocket = recording_session<websocket_session>;
using recording_sse = recording_session<sse_session>;

using websocket_ptr = boost::intrusive_ptr<recording_websocket>;
using sse_ptr = boost::intrusive_ptr<recording_sse>;

} // namespace rookery::test
