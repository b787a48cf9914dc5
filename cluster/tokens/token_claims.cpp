#include "cluster/tokens/token_claims.hpp"

#include "cluster/shared/strict_fields.hpp"

namespace rookery {

namespace {

using std::chrono::sys_seconds;

// The claims of every kind of token.
struct common_claims {
  bool has_expired = false;
  std::optional<sys_seconds> expires_at;
};

std::variant<common_claims, token_invalid>
read_common(strict_fields& claims, const token_policy& policy,
            sys_seconds now) {
  const auto not_before = claims.time("nbf");
  const auto issued_at = claims.time("iat");
  const auto valid_until = claims.time("exp");
  auto expires_at = claims.time("expire_at");
  if (!claims.problem().empty())
    return token_invalid{claims.problem()};
  if (not_before > now)
    return token_invalid{"the token is not valid yet"};
  if (issued_at > now)
    return token_invalid{"the token was issued in the future"};
  if (!policy.audience.empty() && !claims.names("aud", policy.audience))
    return token_invalid{"the token is for another audience"};
  if (!policy.issuer.empty() && claims.text("iss") != policy.issuer)
    return token_invalid{"the token is of another issuer"};
  if (!expires_at)
    expires_at = valid_until;
  else if (*expires_at == sys_seconds{})
    expires_at.reset();
  const auto has_expired =
    (valid_until && *valid_until <= now) || (expires_at && *expires_at <= now);
  return common_claims{has_expired, expires_at};
}

connection_claims read_connection(strict_fields& claims) {
  return {
    .user = claims.text("sub"),
    .info = claims.data("info", "b64info"),
    .channels = claims.texts("channels"),
    .subs = claims.subs(),
    .meta = claims.json("meta"),
  };
}

subscription_claims read_subscription(strict_fields& claims) {
  return {
    .user = claims.text("sub"),
    .channel = claims.text("channel"),
    .client = claims.text("client"),
    .info = claims.data("info", "b64info"),
    .overrides = claims.overrides(),
  };
}

// Returns the reason why a payload of good claims is not a token of this kind;
// empty if it is one.
std::string_view refuse(const connection_claims&, const json_object& payload) {
  if (payload.contains("channel"))
    return "a connection token must not have the claim channel";
  return {};
}

std::string_view refuse(const subscription_claims& claims, const json_object&) {
  if (claims.channel.empty())
    return "a subscription token must have the claim channel";
  return {};
}

template <class Claims>
token_verdict<Claims> read_payload(std::string_view text,
                                   const token_policy& policy, sys_seconds now,
                                   Claims (*read)(strict_fields&)) {
  const auto payload = parse_json_object(text);
  if (!payload)
    return token_invalid{"the payload is not a JSON object"};
  strict_fields reader{*payload};
  const auto common = read_common(reader, policy, now);
  if (const auto* invalid = std::get_if<token_invalid>(&common))
    return *invalid;
  auto result = read(reader);
  if (!reader.problem().empty())
    return token_invalid{reader.problem()};
  if (const auto reason = refuse(result, *payload); !reason.empty())
    return token_invalid{reason};
  const auto& times = std::get<common_claims>(common);
  if (times.has_expired)
    return token_expired{};
  result.expires_at = times.expires_at;
  return result;
}

} // namespace

token_verdict<connection_claims>
read_connection_claims(std::string_view payload, const token_policy& policy,
                       sys_seconds now) {
  return read_payload(payload, policy, now, &read_connection);
}

token_verdict<subscription_claims>
read_subscription_claims(std::string_view payload, const token_policy& policy,
                         sys_seconds now) {
  return read_payload(payload, policy, now, &read_subscription);
}

} // namespace rookery
