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
                               centrifuge_refusal if_expired,
                               centrifuge_refusal if_invalid) {
  if (std::holds_alternative<token_expired>(verdict))
    return if_expired;
  if (std::holds_alternative<token_invalid>(verdict))
    return if_invalid;
  auto& claims = std::get<Claims>(verdict);
  if (!is_json(claims))
    return centrifuge_refusal{close_reason::inappropriate_protocol};
  return std::move(claims);
}

claims_or_refusal<connection_claims>
read_connection(const centrifuge_services& services, std::string_view token,
                centrifuge_refusal if_expired) {
  constexpr auto invalid = close_reason::invalid_token;
  if (!services.tokens)
    return centrifuge_refusal{invalid};
  return read(services.tokens->verify_connection(token, services.clock.now()),
              if_expired, invalid);
}

claims_or_refusal<subscription_claims>
read_subscription(const centrifuge_services& services, std::string_view token,
                  std::string_view channel, const client_identity& who,
                  centrifuge_fault if_expired) {
  constexpr auto denied = centrifuge_fault::permission_denied;
  if (!services.tokens)
    return centrifuge_refusal{denied};
  auto result =
    read(services.tokens->verify_subscription(token, services.clock.now()),
         if_expired, denied);
  const auto* claims = std::get_if<subscription_claims>(&result);
  if (claims
      && (claims->channel != channel || claims->user != who.user
          || (!claims->client.empty() && claims->client != who.client)))
    return centrifuge_refusal{close_reason::invalid_token};
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
    return centrifuge_refusal{close_reason::bad_request};
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
    return centrifuge_refusal{close_reason::bad_request};
  if (services.rules.insecure) {
    connection_claims result;
    result.user = user;
    return result;
  }
  auto result =
    read_connection(services, token, close_reason::connection_expired);
  const auto* claims = std::get_if<connection_claims>(&result);
  if (claims && claims->user != user)
    return centrifuge_refusal{close_reason::invalid_token};
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
    return centrifuge_refusal{centrifuge_fault::bad_request};
  if (services.rules.insecure)
    return claims_without_token(channel);
  return read_subscription(services, token, channel, who,
                           centrifuge_fault::expired);
}

} // namespace rookery
