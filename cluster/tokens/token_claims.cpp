#include "cluster/tokens/token_claims.hpp"

#include "cluster/shared/strict_fields.hpp"

namespace rookery {

namespace {

using std::chrono::sys_seconds;

// The claims of every kind of token.
struct common_claims {
  /// The reason why this is not the token's time; empty if it is.
  std::string_view untimely;
  std::optional<sys_seconds> expires_at;
};

std::string_view judge_time(const std::optional<sys_seconds>& not_before,
                            const std::optional<sys_seconds>& valid_until,
                            const std::optional<sys_seconds>& expires_at,
                            sys_seconds now, std::chrono::seconds leeway) {
  if (not_before && *not_before > now + leeway)
    return "nbf is in the future";
  if (valid_until && *valid_until <= now)
    return "exp is over";
  if (expires_at && *expires_at <= now)
    return "expire_at is over";
  return {};
}

std::variant<common_claims, std::string> read_common(strict_fields& claims,
                                                     const token_policy& policy,
                                                     sys_seconds now) {
  const auto not_before = claims.time("nbf");
  const auto valid_until = claims.time("exp");
  auto expires_at = claims.time("expire_at");
  if (!claims.problem().empty())
    return std::string{claims.problem()};
  if (!policy.audience.empty() && !claims.names("aud", policy.audience))
    return "aud does not name the audience of token.audience";
  if (!policy.issuer.empty() && claims.text("iss") != policy.issuer)
    return "iss is not the issuer of token.issuer";
  if (!expires_at)
    expires_at = valid_until;
  else if (*expires_at == sys_seconds{})
    expires_at.reset();
  return common_claims{
    judge_time(not_before, valid_until, expires_at, now, policy.leeway),
    expires_at};
}

connection_claims read_connection(strict_fields& claims) {
  return {
    .user = claims.user("sub"),
    .info = claims.info(),
    .channels = claims.texts("channels"),
    .subs = claims.subs(),
    .meta = claims.json("meta"),
  };
}

subscription_claims read_subscription(strict_fields& claims) {
  return {
    .user = claims.user("sub"),
    .channel = claims.text("channel"),
    .client = claims.text("client"),
    .info = claims.info(),
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
    return token_invalid{"the payload is not a JSON object", {}};
  const auto user = strict_fields{*payload}.text("sub");
  strict_fields reader{*payload};
  const auto common = read_common(reader, policy, now);
  if (const auto* cause = std::get_if<std::string>(&common))
    return token_invalid{*cause, user};
  auto result = read(reader);
  if (!reader.problem().empty())
    return token_invalid{std::string{reader.problem()}, user};
  if (const auto cause = refuse(result, *payload); !cause.empty())
    return token_invalid{std::string{cause}, user};
  const auto& times = std::get<common_claims>(common);
  if (!times.untimely.empty())
    return token_untimely{std::string{times.untimely}, user};
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
