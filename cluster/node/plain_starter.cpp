#include "cluster/node/plain_starter.hpp"

#include "actors/plain/plain_connection.hpp"
#include "cluster/node/node_loop.hpp"
#include "cluster/node/plain_access.hpp"
#include "cluster/shared/connection.hpp"
#include "configs/settings.hpp"
#include "net/sse_session.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_session.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace rookery {

namespace {

/// The common part of both starters.
class plain_starter : public protocol_starter {
public:
  plain_starter(node_loop& home, const protocol_context& node)
    : home_{home},
      rules_{node.config.plain},
      access_{node.names, node.tokens, node.clock,
              home.services ? home.services->counter : nullptr} {}

protected:
  /// Returns the request of `who`; nullopt if it was refused.
  std::optional<plain_request> read(new_client& who, plain_form form) const {
    auto asked = access_.read(who.request(), who.rest(), form);
    if (auto* refused = std::get_if<http_response>(&asked)) {
      refuse(who, std::move(*refused));
      return std::nullopt;
    }
    return std::get<plain_request>(std::move(asked));
  }

  /// Counts the client for its user. Returns false if it was refused.
  bool enter(new_client& who, const plain_request& wanted) const {
    if (!wanted.pass || home_.services->clients.enter(wanted.pass->user))
      return true;
    home_.services->counter->note_full_user();
    who.answer(come_back_later("too many connections of this user", "10"));
    return false;
  }

  /// Counts a channel that nobody uses on this loop. Returns false if that is
  /// one too many: the client was refused.
  bool admit_channel(new_client& who, const std::string& name) const {
    auto& rates = home_.credits.rates;
    if (home_.channels->has(name))
      return true;
    if (!rates.admits_channel()) {
      who.answer(come_back_later("too many new channels", "1"));
      return false;
    }
    rates.count_channel();
    return true;
  }

  /// Answers with a refusal. Only missing permissions are journaled.
  void refuse(new_client& who, http_response why) const {
    const auto channel = channel_in(who.rest());
    const auto* known = std::get_if<std::string>(&channel);
    if (known && (why.status == 401 || why.status == 403)) {
      std::string_view reason = why.body;
      reason = reason.substr(0, reason.find('\n'));
      home_.actors.record().note({journal_kind::refused,
                                  0,
                                  {},
                                  *known,
                                  who.request().remote_address,
                                  why.status,
                                  reason});
    }
    who.answer(std::move(why));
  }

  node_loop& home_;
  const settings::plain_settings& rules_;

private:
  static http_response come_back_later(std::string_view why,
                                       std::string seconds) {
    auto result = refusal(429, why);
    result.fields.push_back({"Retry-After", std::move(seconds)});
    return result;
  }

  plain_access access_;
};

class websocket_starter final : public plain_starter {
public:
  using plain_starter::plain_starter;

  void start(new_client& who) override {
    if (auto refused = check_upgrade(who.request()))
      return who.answer(std::move(*refused));
    auto wanted = read(who, plain_form::websocket);
    if (!wanted)
      return;
    if (!rules_.publish && !rules_.subscribe)
      return who.answer(refusal(403, "the plain protocol is off"));
    if (rules_.subscribe ? !wanted->may_subscribe : !wanted->may_publish)
      return refuse(who, refusal(403, "not allowed on this channel"));
    wanted->may_subscribe &= rules_.subscribe;
    wanted->may_publish &= rules_.publish;
    if (!admit_channel(who, wanted->channel) || !enter(who, *wanted))
      return;
    start_connection<plain_connection, websocket_session>(
      home_.actors, *home_.services, std::move(*wanted), who.take());
  }
};

class sse_starter final : public plain_starter {
public:
  using plain_starter::plain_starter;

  void start(new_client& who) override {
    if (who.request().method != "GET")
      return who.answer(method_not_allowed("GET"));
    // RFC 9112 §6.1: its answer would be in chunks.
    if (who.request().is_http_1_0)
      return who.answer(refusal(505, "an event stream needs HTTP/1.1"));
    auto wanted = read(who, plain_form::sse);
    if (!wanted)
      return;
    if (!rules_.subscribe)
      return who.answer(refusal(403, "subscribing is off"));
    if (!wanted->may_subscribe)
      return refuse(who, refusal(403, "not allowed on this channel"));
    if (!admit_channel(who, wanted->channel) || !enter(who, *wanted))
      return;
    auto fields = who.fields();
    start_connection<plain_connection, sse_session>(
      home_.actors, *home_.services, std::move(*wanted), who.take(),
      std::move(fields));
  }
};

} // namespace

std::unique_ptr<protocol_starter>
make_plain_starter(node_loop& home, const protocol_context& node) {
  return std::make_unique<websocket_starter>(home, node);
}

std::unique_ptr<protocol_starter>
make_sse_starter(node_loop& home, const protocol_context& node) {
  return std::make_unique<sse_starter>(home, node);
}

} // namespace rookery
