#include "cluster/node/plain_access.hpp"

#include "actors/channel/namespaces.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/client/permissions.hpp"
#include "actors/message/position_text.hpp"
#include "actors/plain/notice.hpp"
#include "actors/runtime/wall_clock.hpp"
#include "actors/text/channel_name.hpp"
#include "actors/token_verifier.hpp"
#include "cluster/shared/random_text.hpp"
#include "configs/log.hpp"
#include "configs/percent.hpp"

#include <memory>
#include <utility>

namespace rookery {

namespace {

constexpr std::size_t client_id_size = 24;
constexpr std::string_view event_id = "Last-Event-ID";

/// Returns the tag in `?notices=`: empty without one, nullopt if it is
/// malformed.
std::optional<std::string> notice_tag_of(const http_request& request) {
  if (request.target.find('?') == std::string::npos)
    return std::string{};
  auto tag = request.query("notices");
  if (!tag)
    return std::string{};
  if (!is_notice_tag(*tag))
    return std::nullopt;
  return tag;
}

/// Returns the position from which the client recovers, as text; empty: none. A
/// browser that reconnects sends a newer one than the page's address has.
std::string since_of(const http_request& request, plain_form form) {
  if (const auto last = request.field(event_id);
      form == plain_form::sse && !last.empty())
    return std::string{last};
  return request.query("since").value_or(std::string{});
}

http_response unauthorized(std::string_view text) {
  auto result = refusal(401, text);
  result.fields.push_back({"WWW-Authenticate", "Bearer"});
  return result;
}

/// Returns the token of a request. A query is easier to set in a browser; a
/// header is not seen in logs.
std::string token_of(const http_request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto given = request.field("Authorization");
  if (given.size() > scheme.size()
      && equals_ignoring_case(given.substr(0, scheme.size()), scheme))
    return std::string{given.substr(scheme.size())};
  return request.query("token").value_or(std::string{});
}

/// The user and permissions that a good token gives.
struct bearer {
  std::string user;
  std::optional<std::chrono::sys_seconds> expires_at;
  /// True if the token is for the channel.
  bool may_subscribe = false;
};

std::variant<bearer, http_response>
judge(const token_verifier& tokens, std::string_view token,
      std::string_view channel, std::chrono::sys_seconds now,
      bool& is_invalid) {
  const auto connects = tokens.verify_connection(token, now);
  if (const auto* claims = std::get_if<connection_claims>(&connects))
    return bearer{claims->user, claims->expires_at, false};
  const auto subscribes = tokens.verify_subscription(token, now);
  if (const auto* claims = std::get_if<subscription_claims>(&subscribes)) {
    if (claims->channel != channel || !claims->client.empty())
      return unauthorized("the token is not for this channel");
    return bearer{claims->user, claims->expires_at, true};
  }
  const auto* untimely = std::get_if<token_untimely>(&connects);
  if (!untimely)
    untimely = std::get_if<token_untimely>(&subscribes);
  if (untimely) {
    log::debug("token refused", "user", untimely->user, "reason",
               untimely->cause);
    return unauthorized("the token is not valid now: " + untimely->cause);
  }
  const auto& invalid = std::get<token_invalid>(subscribes);
  is_invalid = true;
  log::debug("token refused", "user", invalid.user, "reason", invalid.cause);
  return unauthorized("the token is not valid");
}

} // namespace

std::variant<std::string, http_response> channel_in(std::string_view encoded) {
  if (encoded.find('/') != std::string_view::npos)
    return refusal(404, "not found; a / in a channel name is written %2F");
  auto name = percent_decode(encoded);
  if (!name)
    return refusal(400, "bad percent-encoding in the channel name");
  if (const auto error = check_channel_name(*name))
    return refusal(400, describe(*error));
  if (is_reserved(*name))
    return refusal(403, "channel names beginning with __ are reserved");
  return std::move(*name);
}

std::variant<plain_request, http_response>
plain_access::read(const http_request& request, std::string_view name,
                   plain_form form) const {
  auto channel = channel_in(name);
  if (auto* refused = std::get_if<http_response>(&channel))
    return std::move(*refused);
  auto tag = notice_tag_of(request);
  if (!tag)
    return refusal(400, "notices= takes 1 to 32 letters or digits");
  plain_request result{std::get<std::string>(std::move(channel)), form,
                       std::move(*tag)};
  if (const auto text = since_of(request, form); !text.empty()) {
    auto since = parse_position(text);
    // The header is the browser's: an id of another server is a position that
    // no history has, and the client is told of a gap.
    if (!since && form == plain_form::sse && text == request.field(event_id))
      since = stream_position{0, "-"};
    if (!since)
      return refusal(400, "since= takes OFFSET:EPOCH");
    // Without notices the client could not learn that messages are missing.
    if (form == plain_form::websocket && result.notice_tag.empty())
      return refusal(400, "since= needs notices=");
    result.since = std::make_unique<const stream_position>(std::move(*since));
  }
  if (auto refused = admit(request, result))
    return std::move(*refused);
  return result;
}

std::optional<http_response> plain_access::admit(const http_request& request,
                                                 plain_request& asked) const {
  if (!tokens_)
    return std::nullopt;
  const auto& options = names_.of(asked.channel);
  bearer who;
  if (const auto token = token_of(request); !token.empty()) {
    auto is_invalid = false;
    auto judged =
      judge(*tokens_, token, asked.channel, clock_.now(), is_invalid);
    if (is_invalid && counter_)
      counter_->note_bad_token(request.remote_address);
    if (auto* refused = std::get_if<http_response>(&judged))
      return std::move(*refused);
    who = std::get<bearer>(std::move(judged));
    asked.pass = std::make_unique<plain_pass>(
      plain_pass{who.user, random_text(client_id_size), who.expires_at});
  } else if (!options.allow_anonymous) {
    return unauthorized("a token is required, as token= or in Authorization: "
                        "Bearer");
  }
  permission_query question{options, asked.channel, who.user};
  asked.may_subscribe = who.may_subscribe || may_subscribe(question);
  question.is_subscribed = asked.may_subscribe;
  asked.may_publish = may(&channel_options::allow_publish, question);
  return std::nullopt;
}

} // namespace rookery
