#include "cluster/tokens/jwt_verifier.hpp"

#include "actors/text/base64.hpp"
#include "cluster/shared/json_object.hpp"

#include <optional>

namespace rookery {

namespace {

template <class T>
using readable = std::variant<T, token_invalid>;

struct jwt_header {
  token_algorithm algorithm;
  std::optional<std::string> key_id;
};

/// The three parts of a token, as they were sent.
struct jwt_parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text; ///< header and payload
};

std::optional<jwt_parts> split(std::string_view token) {
  const auto first = token.find('.');
  if (first == token.npos)
    return std::nullopt;
  const auto second = token.find('.', first + 1);
  // Later dots make the signature invalid base64url.
  if (second == token.npos)
    return std::nullopt;
  return jwt_parts{token.substr(0, first),
                   token.substr(first + 1, second - first - 1),
                   token.substr(second + 1), token.substr(0, second)};
}

readable<jwt_header> read_header(std::string_view encoded) {
  const auto text = decode_base64url(encoded);
  const auto members = text ? parse_json_object(*text) : std::nullopt;
  if (!members)
    return token_invalid{"the header is not a JSON object in base64url", {}};
  if (members->contains("crit"))
    return token_invalid{"the token demands an unknown extension", {}};
  const auto alg = members->find("alg");
  const auto name =
    alg == members->end() ? std::nullopt : parse_json_string(alg->second);
  const auto algorithm = name ? parse_algorithm(*name) : std::nullopt;
  if (!algorithm)
    return token_invalid{"the token has no known algorithm", {}};
  jwt_header result{*algorithm, std::nullopt};
  if (const auto kid = members->find("kid"); kid != members->end()) {
    result.key_id = parse_json_string(kid->second);
    if (!result.key_id)
      return token_invalid{"the key id is not a string", {}};
  }
  return result;
}

/// Returns the payload of a token that one of `keys` has signed.
readable<std::string> open(std::string_view token, const token_keys& keys) {
  if (token.size() > max_token_size)
    return token_invalid{"the token is too large", {}};
  const auto parts = split(token);
  if (!parts)
    return token_invalid{"the token does not have three parts", {}};
  auto header = read_header(parts->header);
  if (const auto* invalid = std::get_if<token_invalid>(&header))
    return *invalid;
  const auto signature = decode_base64url(parts->signature);
  auto payload = decode_base64url(parts->payload);
  if (!signature || !payload)
    return token_invalid{"the token is not in base64url", {}};
  auto& [algorithm, key_id] = std::get<jwt_header>(header);
  switch (keys.verify(
    {algorithm, std::move(key_id), parts->signed_text, *signature})) {
  case signature_verdict::good:
    return std::move(*payload);
  case signature_verdict::no_key:
    return token_invalid{
      "no key of this algorithm and key id (kid) is configured", {}};
  case signature_verdict::wrong:
    break;
  }
  return token_invalid{"the signature is wrong", {}};
}

template <class Claims>
using payload_reader = token_verdict<Claims> (*)(std::string_view,
                                                 const token_policy&,
                                                 std::chrono::sys_seconds);

template <class Claims>
token_verdict<Claims> verify(std::string_view token, const token_keys& keys,
                             const token_policy& policy,
                             std::chrono::sys_seconds now,
                             payload_reader<Claims> read) {
  const auto payload = open(token, keys);
  if (const auto* invalid = std::get_if<token_invalid>(&payload))
    return *invalid;
  return read(std::get<std::string>(payload), policy, now);
}

} // namespace

jwt_verifier::jwt_verifier(token_keys keys, token_keys subscription_keys,
                           token_policy policy)
  : keys_{std::move(keys)},
    subscription_keys_{std::move(subscription_keys)},
    policy_{std::move(policy)} {}

token_verdict<connection_claims>
jwt_verifier::verify_connection(std::string_view token,
                                std::chrono::sys_seconds now) const {
  return verify(token, keys_, policy_, now, &read_connection_claims);
}

token_verdict<subscription_claims>
jwt_verifier::verify_subscription(std::string_view token,
                                  std::chrono::sys_seconds now) const {
  const auto& keys = subscription_keys_.empty() ? keys_ : subscription_keys_;
  return verify(token, keys, policy_, now, &read_subscription_claims);
}

} // namespace rookery
