#include "actors/centrifuge/centrifuge_tokens.hpp"

#include "actors/centrifuge/centrifuge_services.hpp"
#include "actors/runtime/wall_clock.hpp"
#include "actors/token_verifier.hpp"

#include <utility>

namespace rookery {

namespace {

/// Returns true if a JSON connection can carry the data.
bool is_json(const claim_data& what) noexcept {
  return what.bytes.empty() || what.is_json;
}

bool is_json(const connection_claims& claims) {
  if (!is_json(claims.info))
    return false;
  for (const auto& [channel, granted] : claims.subs)
    if (!is_json(granted.info) || !is_json(granted.data))
      return false;
  return true;
}

bool is_json(const subscription_claims& claims) noexcept {
  return is_json(claims.info);
}

/// Returns the claims of a good token, or the refusal for any other.
template <class Claims>
claims_or_refusal<Claims> read(token_verdict<Claims> verdict,
                               centrifuge_refusal if_untimely,
                               centrifuge_refusal if_invalid) {
  if (auto* untimely = std::get_if<token_untimely>(&verdict))
    return token_refusal{if_untimely, std::move(untimely->cause),
                         std::move(untimely->user)};
  if (auto* invalid = std::get_if<token_invalid>(&verdict))
    return token_refusal{if_invalid, std::move(invalid->cause),
                         std::move(invalid->user)};
  auto& claims = std::get<Claims>(verdict);
  if (!is_json(claims))
    return token_refusal{close_reason::inappropriate_protocol,
                         "b64info or b64data is not JSON",
                         std::move(claims.user)};
  return std::move(claims);
}

token_refusal no_keys(centrifuge_refusal how) {
  return {how, "no key for tokens is configured"};
}

claims_or_refusal<connection_claims>
read_connection(const centrifuge_services& services, std::string_view token,
                centrifuge_refusal if_untimely) {
  constexpr auto invalid = close_reason::invalid_token;
  if (!services.tokens)
    return no_keys(invalid);
  return read(services.tokens->verify_connection(token, services.clock.now()),
              if_untimely, invalid);
}

/// Returns the part of the claims that is about another subscription; empty if
/// they are for this one.
std::string_view mismatch(const subscription_claims& claims,
                          std::string_view channel,
                          const client_identity& who) {
  if (claims.channel != channel)
    return "channel is not the channel of the command";
  if (claims.user != who.user)
    return "sub is not the user of the connection";
  if (!claims.client.empty() && claims.client != who.client)
    return "client is not the id of the connection";
  return {};
}

claims_or_refusal<subscription_claims>
read_subscription(const centrifuge_services& services, std::string_view token,
                  std::string_view channel, const client_identity& who,
                  centrifuge_refusal if_untimely) {
  constexpr auto denied = centrifuge_fault::permission_denied;
  if (!services.tokens)
    return no_keys(denied);
  auto result =
    read(services.tokens->verify_subscription(token, services.clock.now()),
         if_untimely, denied);
  if (const auto* claims = std::get_if<subscription_claims>(&result))
    if (const auto cause = mismatch(*claims, channel, who); !cause.empty())
      return token_refusal{close_reason::invalid_token, std::string{cause},
                           claims->user};
  return result;
}

subscription_claims claims_without_token(std::string_view channel) {
  subscription_claims result;
  result.channel = channel;
  return result;
}

} // namespace

claims_or_refusal<connection_claims>
judge_connect(const centrifuge_services& services, std::string_view token) {
  const auto& rules = services.rules;
  if (rules.insecure && (token.empty() || !services.tokens))
    return connection_claims{};
  if (token.empty()) {
    if (rules.anonymous)
      return connection_claims{};
    return token_refusal{close_reason::bad_request, "no token"};
  }
  auto result =
    read_connection(services, token, centrifuge_fault::token_expired);
  if (auto* claims = std::get_if<connection_claims>(&result))
    if (rules.insecure)
      claims->expires_at.reset();
  return result;
}

claims_or_refusal<connection_claims>
judge_refresh(const centrifuge_services& services, std::string_view token,
              std::string_view user) {
  if (token.empty())
    return token_refusal{close_reason::bad_request, "no token"};
  if (services.rules.insecure) {
    connection_claims result;
    result.user = user;
    return result;
  }
  auto result =
    read_connection(services, token, close_reason::connection_expired);
  const auto* claims = std::get_if<connection_claims>(&result);
  if (claims && claims->user != user)
    return token_refusal{close_reason::invalid_token,
                         "sub is not the user of the connection", claims->user};
  return result;
}

claims_or_refusal<subscription_claims>
judge_subscribe(const centrifuge_services& services, std::string_view token,
                std::string_view channel, const client_identity& who) {
  if (services.rules.insecure)
    return claims_without_token(channel);
  return read_subscription(services, token, channel, who,
                           centrifuge_fault::token_expired);
}

claims_or_refusal<subscription_claims>
judge_sub_refresh(const centrifuge_services& services, std::string_view token,
                  std::string_view channel, const client_identity& who) {
  if (token.empty())
    return token_refusal{centrifuge_fault::bad_request, "no token"};
  if (services.rules.insecure)
    return claims_without_token(channel);
  return read_subscription(services, token, channel, who,
                           close_reason::subscription_expired);
}

} // namespace rookery
