#define CAF_SUITE jwt_verifier

#include "actors/text/base64.hpp"
#include "cluster/tokens/jwt_verifier.hpp"
#include "tests/cluster/support/token_maker.hpp"
#include "tests/cluster/support/token_samples.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

namespace {

constexpr std::chrono::sys_seconds now{1'800'000'000s};
constexpr auto good_payload = R"({"sub":"42","exp":1800000001})"sv;
const std::string secret{samples::secret};

void add(token_keys& keys, token_key_result made,
         std::optional<std::string> name = std::nullopt) {
  CAF_REQUIRE(std::holds_alternative<token_key_ptr>(made));
  keys.add(std::move(name), std::move(std::get<token_key_ptr>(made)));
}

token_keys secrets(std::initializer_list<std::string> all) {
  token_keys result;
  for (const auto& each : all)
    add(result, make_secret_key(each));
  return result;
}

const key_pair& rsa() {
  static const auto result = key_pair::rsa(2048);
  return result;
}

const key_pair& p256() {
  static const auto result = key_pair::elliptic("P-256", 32);
  return result;
}

const key_pair& p384() {
  static const auto result = key_pair::elliptic("P-384", 48);
  return result;
}

// A verifier with one key of each family, all of which the tests can sign with.
const jwt_verifier& verifier() {
  static const auto result = [] {
    auto keys = secrets({secret});
    add(keys, read_public_key(rsa().public_pem()));
    add(keys, read_public_key(p256().public_pem()));
    add(keys, read_public_key(p384().public_pem()));
    add(keys, make_secret_key("named"), "name");
    return jwt_verifier{std::move(keys), {}, {}};
  }();
  return result;
}

std::string text_with(std::string_view header,
                      std::string_view payload = good_payload) {
  return unsigned_token(header, payload);
}

// Signs with the secret, whatever the header says.
std::string forged(std::string_view header,
                   std::string_view payload = good_payload) {
  return sign_text(secret, text_with(header, payload));
}

const std::string hs256 = R"({"alg":"HS256"})";
const std::string good_text = text_with(hs256);
const std::string good_token = sign_text(secret, good_text);

// Returns "valid", "expired", or the reason why a connection token is invalid.
std::string verdict(std::string_view token) {
  const auto result = verifier().verify_connection(token, now);
  if (const auto* invalid = std::get_if<token_invalid>(&result))
    return invalid->cause;
  return std::holds_alternative<token_untimely>(result) ? "expired" : "valid";
}

void check_refused(std::string_view reason,
                   std::initializer_list<std::string> tokens) {
  for (const auto& token : tokens) {
    const auto seen = verdict(token);
    CAF_CHECK_EQUAL(seen, reason);
    // Checks that neither kind of token check accepts it.
    CAF_CHECK(std::holds_alternative<token_invalid>(
      verifier().verify_subscription(token, now)));
  }
}

} // namespace

CAF_TEST(tokens of every algorithm are accepted) {
  auto keys = secrets({secret});
  for (const auto pem : {samples::rsa_pem, samples::p256_pem, samples::p384_pem,
                         samples::p521_pem})
    add(keys, read_public_key(pem));
  const jwt_verifier all{std::move(keys), {}, {}};
  connection_claims expected;
  expected.user = "42";
  expected.expires_at = std::chrono::sys_seconds{4'102'444'800s};
  expected.info = {"{\"name\":\"Ann\"}", true};
  CAF_CHECK_EQUAL(samples::tokens.size(), 9u);
  for (const auto& [algorithm, token] : samples::tokens) {
    const auto result = all.verify_connection(token, now);
    CAF_REQUIRE(std::holds_alternative<connection_claims>(result));
    CAF_CHECK(std::get<connection_claims>(result) == expected);
    CAF_CHECK(std::holds_alternative<token_untimely>(
      all.verify_connection(token, *expected.expires_at)));
    // The second verifier knows only the secret.
    CAF_CHECK_EQUAL(verdict(token) == "valid", algorithm.starts_with("HS"));
  }
}

CAF_TEST(the examples of RFC 7515 are accepted) {
  auto keys = secrets({*decode_base64url(samples::rfc_secret)});
  add(keys, read_public_key(samples::rfc_pem));
  const jwt_verifier both{std::move(keys), {}, {"", "joe"}};
  const std::chrono::sys_seconds end{1'300'819'380s};
  for (const auto token : {samples::rfc_hs256, samples::rfc_es256}) {
    const auto result = both.verify_connection(token, end - 1s);
    CAF_REQUIRE(std::holds_alternative<connection_claims>(result));
    CAF_CHECK(std::get<connection_claims>(result).expires_at == end);
    CAF_CHECK(std::holds_alternative<token_untimely>(
      both.verify_connection(token, end)));
  }
}

CAF_TEST(tokens of the tests are good before they are forged) {
  CAF_CHECK_EQUAL(verdict(good_token), "valid");
  CAF_CHECK_EQUAL(verdict(rsa().sign_text(text_with(R"({"alg":"RS256"})"))),
                  "valid");
  CAF_CHECK_EQUAL(verdict(p256().sign_text(text_with(R"({"alg":"ES256"})"))),
                  "valid");
  CAF_CHECK_EQUAL(
    verdict(p384().sign_text(text_with(R"({"alg":"ES384"})"), 384)), "valid");
  CAF_CHECK_EQUAL(
    verdict(sign_text("named", text_with(R"({"alg":"HS256","kid":"name"})"))),
    "valid");
  CAF_CHECK_EQUAL(verdict(token_of(secret, R"({"exp":1800000000})")),
                  "expired");
}

CAF_TEST(no other algorithm is known) {
  const auto none = text_with(R"({"alg":"none"})") + '.';
  check_refused("the token has no known algorithm",
                {none,
                 none + to_base64url(hmac(secret, none)),
                 forged(R"({"alg":"none"})"),
                 forged(R"({"alg":"None"})"),
                 forged(R"({"alg":"nOnE"})"),
                 forged(R"({"alg":"NONE"})"),
                 forged(R"({"alg":""})"),
                 forged(R"({"alg":"hs256"})"),
                 forged(R"({"alg":"HS256 "})"),
                 forged(R"({"alg":"HS256\u0000"})"),
                 forged(R"({"alg":["HS256"]})"),
                 forged(R"({"alg":null})"),
                 forged(R"({"alg":256})"),
                 forged(R"({"alg":{"a":"HS256"}})"),
                 forged(R"({"alg":"PS256"})"),
                 forged(R"({"alg":"EdDSA"})"),
                 forged(R"({"alg":"HS1"})"),
                 forged(R"({"Alg":"HS256"})"),
                 forged(R"({"typ":"JWT"})"),
                 forged("{}")});
}

CAF_TEST(a public key is no secret) {
  const auto pem = rsa().public_pem();
  for (const auto& key : {pem, pem.substr(0, pem.size() - 1), ""s})
    check_refused("the signature is wrong", {sign_text(key, good_text)});
}

CAF_TEST(a signature belongs to one key and text) {
  const auto of = [](const key_pair& key, std::string_view alg, int bits) {
    return key.sign_text(text_with("{\"alg\":\"" + std::string{alg} + "\"}"),
                         bits);
  };
  const auto bytes = hmac(secret, good_text);
  check_refused(
    "the signature is wrong",
    {good_text + '.',
     good_token.substr(0, good_token.size() - 3),
     good_text + '.' + to_base64url(bytes + bytes),
     good_text + '.' + to_base64url(bytes + '\0'),
     good_text + '.' + to_base64url(bytes.substr(0, 31)),
     sign_text("another secret", good_text),
     sign_text(secret, good_text, 512),
     text_with(R"({"alg":"HS384"})") + '.' + to_base64url(bytes),
     text_with(hs256, R"({"sub":"43"})") + '.' + to_base64url(bytes),
     forged(R"({"alg":"RS256"})"),
     forged(R"({"alg":"ES256"})"),
     of(rsa(), "HS256", 256),
     of(rsa(), "ES256", 256),
     of(rsa(), "RS384", 256),
     of(key_pair::rsa(2048), "RS256", 256),
     of(key_pair::rsa(1024), "RS256", 256),
     of(p384(), "ES256", 256),
     of(p384(), "ES256", 384),
     of(p256(), "ES384", 256),
     of(p256(), "RS256", 256),
     of(key_pair::elliptic("P-256", 32), "ES256", 256)});
}

CAF_TEST(a signature of ES has two numbers of the curve) {
  const auto text = text_with(R"({"alg":"ES256"})");
  const auto with = [&](const std::string& bytes) {
    return text + '.' + to_base64url(bytes);
  };
  const auto bytes = p256().signature(text);
  const auto zero = std::string(32, '\0');
  const auto one = std::string(31, '\0') + '\1';
  check_refused(
    "the signature is wrong",
    {with(""), with(zero + zero), with(zero + one), with(one + zero),
     with(one + one), with(std::string(64, '\xff')), with(bytes.substr(0, 63)),
     with(bytes + '\0'), with(bytes.substr(32) + bytes.substr(0, 32)),
     with(bytes.substr(0, 32) + zero), with("\x30\x06\2\1\1\2\1\1"),
     with(p384().signature(text, 384))});
}

CAF_TEST(a key id chooses the key of that name or one without a name) {
  const auto signed_with = [](const std::string& key, const std::string& kid) {
    return sign_text(key, text_with("{\"alg\":\"HS256\",\"kid\":" + kid + "}"));
  };
  for (const auto* kid :
       {R"("unknown")", R"("")", R"("Name")", R"("name\u0000")",
        R"("../../../dev/null")", R"("/etc/passwd")", R"("' OR 1=1 --")"}) {
    CAF_CHECK_EQUAL(verdict(signed_with(secret, kid)), "valid");
    check_refused("the signature is wrong", {signed_with("named", kid)});
  }
  check_refused("the signature is wrong", {signed_with("other", R"("name")")});
  check_refused("no key of this algorithm and key id (kid) is configured",
                {forged(R"({"alg":"ES512"})")});
  check_refused("the key id is not a string",
                {signed_with("named", "1"), signed_with("named", "null"),
                 signed_with("named", R"(["name"])")});
  // Keys inside a token are ignored.
  check_refused("the signature is wrong",
                {sign_text("mine", text_with(R"({"alg":"HS256","jwk":{"kty":)"
                                             R"("oct","k":"bWluZQ"}})"))});
}

CAF_TEST(extensions that must be understood are refused) {
  check_refused("the token demands an unknown extension",
                {forged(R"({"alg":"HS256","crit":["exp"],"exp":1})"),
                 forged(R"({"alg":"HS256","crit":[]})")});
}

CAF_TEST(a token has three parts) {
  const auto dots = std::string(1000, '.');
  check_refused("the token does not have three parts",
                {"", "x", good_text, "a.b", "."});
  check_refused("the token is not in base64url",
                {good_token + ".", good_token + ".AAAA",
                 good_text + "." + good_token.substr(good_text.size())});
  check_refused("the header is not a JSON object in base64url",
                {"..", dots, '.' + good_token, "." + good_text.substr(20) + ".",
                 "{}.{}.", "Bearer " + good_token});
}

CAF_TEST(base64url is strict) {
  const auto dot = good_text.find('.');
  const auto header = good_text.substr(0, dot);
  const auto payload = good_text.substr(dot + 1);
  for (const auto* dirt :
       {"=", "==", " ", "\n", "\r\n", "+", "/", "\xff", "!"}) {
    check_refused("the token is not in base64url",
                  {good_token + dirt, sign_text(secret, good_text + dirt),
                   sign_text(secret, header + '.' + dirt + payload)});
    check_refused(
      "the header is not a JSON object in base64url",
      {dirt + good_token, sign_text(secret, header + dirt + '.' + payload)});
  }
  // The last digit of 32 bytes has two unused bits: A, then B.
  auto stray = sign_text(secret, good_text);
  stray.back() = static_cast<char>(stray.back() + 1);
  check_refused("the token is not in base64url", {stray});
  const std::string nul(1, '\0');
  check_refused("the token is not in base64url",
                {good_token + nul, sign_text(secret, good_text + nul)});
  check_refused("the header is not a JSON object in base64url",
                {nul + good_token, forged(hs256 + nul)});
}

CAF_TEST(a header is one object that says nothing twice) {
  check_refused("the header is not a JSON object in base64url",
                {forged(""), forged("[]"), forged("\"HS256\""), forged("{"),
                 forged(R"({"alg":"none","alg":"HS256"})"),
                 forged(R"({"alg":"HS256","\u0061lg":"none"})"),
                 forged(hs256 + hs256), forged("\xff"),
                 forged("{\"alg\":\"HS256\",\"x\":" + std::string(5000, '[')
                        + std::string(5000, ']') + "}")});
}

CAF_TEST(a payload is one object that says nothing twice) {
  check_refused(
    "the payload is not a JSON object",
    {token_of(secret, ""), token_of(secret, "[]"), token_of(secret, "null"),
     token_of(secret, "\"42\""), token_of(secret, "42"),
     token_of(secret, "{\"sub\":\"42\""), token_of(secret, "{}{}"),
     token_of(secret, std::string{good_payload} + '\0'),
     token_of(secret, "{\"sub\":\"4\0002\"}"s), token_of(secret, "\xff"),
     token_of(secret, R"({"exp":1,"exp":1800000001})"),
     token_of(secret, R"({"exp":1800000001,"exp":1})"),
     token_of(secret, "{\"info\":" + std::string(5000, '[')
                        + std::string(5000, ']') + "}")});
}

CAF_TEST(a token has a bound) {
  const auto with_info = [](std::size_t size) {
    return token_of(secret, "{\"info\":\"" + std::string(size, 'x') + "\"}");
  };
  CAF_CHECK_EQUAL(verdict(with_info(12'000)), "valid");
  check_refused("the token is too large",
                {with_info(13'000), with_info(1'000'000),
                 std::string(1'000'000, '.'), std::string(1'000'000, 'A'),
                 std::string(max_token_size + 1, '\0')});
}

CAF_TEST(all keys are valid during a rotation) {
  const jwt_verifier both{secrets({"old", "new"}), {}, {}};
  const jwt_verifier after{secrets({"new"}), {}, {}};
  const auto old_token = token_of("old", good_payload);
  const auto new_token = token_of("new", good_payload);
  const auto is_valid = [](const jwt_verifier& by, const std::string& token) {
    return std::holds_alternative<connection_claims>(
      by.verify_connection(token, now));
  };
  CAF_CHECK(is_valid(both, old_token));
  CAF_CHECK(is_valid(both, new_token));
  CAF_CHECK(!is_valid(after, old_token));
  CAF_CHECK(is_valid(after, new_token));
}

CAF_TEST(subscription tokens have keys of their own if there are any) {
  const auto payload = R"({"channel":"a"})";
  const auto is_valid = [&](const jwt_verifier& by, std::string_view with) {
    return std::holds_alternative<subscription_claims>(
      by.verify_subscription(token_of(with, payload), now));
  };
  const jwt_verifier one{secrets({"a"}), {}, {}};
  CAF_CHECK(is_valid(one, "a"));
  const jwt_verifier two{secrets({"a"}), secrets({"b"}), {}};
  CAF_CHECK(!is_valid(two, "a"));
  CAF_CHECK(is_valid(two, "b"));
  CAF_CHECK(std::holds_alternative<token_invalid>(
    two.verify_connection(token_of("b", "{}"), now)));
}

CAF_TEST(without keys nothing is valid) {
  const jwt_verifier nobody{{}, {}, {}};
  for (const auto& [algorithm, token] : samples::tokens)
    CAF_CHECK(std::holds_alternative<token_invalid>(
      nobody.verify_connection(token, now)));
}
