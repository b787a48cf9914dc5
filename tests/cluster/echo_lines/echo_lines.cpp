#include "tests/cluster/echo_lines/echo_lines.hpp"

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/client/client_connection.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/message/websocket_frame.hpp"
#include "cluster/node/node_loop.hpp"
#include "cluster/node/plain_access.hpp"
#include "cluster/shared/connection.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_session.hpp"

#include <string>
#include <utility>
#include <variant>

namespace rookery::test {

namespace {

frame_ptr line_of(std::string_view text) {
  return encode_websocket(payload_kind::text, std::string{text} + '\n');
}

const wire_format lines{
  [](const publication& what) { return line_of(what.data()); }};

class echo_lines_connection : public client_connection {
public:
  // inbox
  pinger ping_due() override { return pinger::session; }

  // member
  void subscribed(subscription&, const member_entry&) override {
    note(journal_kind::connected, channel_);
    socket().open();
    note(journal_kind::subscribed, channel_);
  }

  bool deliver(subscription&, frame_cache& frames) override {
    return frames.event() != publication_event::message
           || socket().deliver(frames.frame_for(lines));
  }

  void missed(subscription&, gap_reason reason) override {
    socket().deliver(line_of(to_string(reason)));
  }

protected:
  echo_lines_connection(caf::actor_config& config, loop_services& services,
                        std::string channel)
    : client_connection{config},
      services_{services},
      channel_{std::move(channel)} {}

private:
  std::string_view protocol() const noexcept override { return "echo-lines"; }

  std::string_view only_channel() const noexcept override { return channel_; }

  void describe_client(snapshot& out) const override {
    out.add("channel", channel_);
  }

  std::optional<client_input> read(const client_input& what) override {
    if (what.kind != payload_kind::text) {
      end(close_reason::bad_request);
      return std::nullopt;
    }
    auto rest = what;
    while (may_begin(services_.credits, &services_.credits.publishes)) {
      const auto end_of_line = rest.payload.find('\n');
      publish(rest.payload.substr(0, end_of_line));
      if (end_of_line == rest.payload.npos || is_over())
        return std::nullopt;
      rest.payload.remove_prefix(end_of_line + 1);
    }
    return rest;
  }

  void on_begin() override {
    place_ = services_.channels.join(channel_, *this);
  }

  void on_ended() override {
    if (const auto place = std::move(place_))
      services_.channels.leave(place, closed_for());
  }

  void publish_answered(const publish_outcome& result) override {
    if (result.verdict != publish_verdict::accepted)
      end(close_reason::publish_refused);
  }

  void publish(std::string_view line) {
    services_.bus.publish(self_ptr(),
                          spend(services_.credits.publishes, line.size()),
                          publication::make(channel_, line, payload_kind::text),
                          0, acknowledge::on_problem);
  }

  loop_services& services_;
  std::string channel_;
  subscription_ptr place_;
};

class echo_lines_starter final : public protocol_starter {
public:
  explicit echo_lines_starter(node_loop& home) : home_{home} {}

  void start(new_client& who) override {
    if (auto refused = check_upgrade(who.request()))
      return who.answer(std::move(*refused));
    auto channel = channel_in(who.rest());
    if (auto* refused = std::get_if<http_response>(&channel))
      return who.answer(std::move(*refused));
    start_connection<echo_lines_connection, websocket_session>(
      home_.actors, *home_.services, std::get<std::string>(std::move(channel)),
      who.take());
  }

private:
  node_loop& home_;
};

} // namespace

std::unique_ptr<protocol_starter>
make_echo_lines_starter(node_loop& home, const protocol_context&) {
  return std::make_unique<echo_lines_starter>(home);
}

} // namespace rookery::test
